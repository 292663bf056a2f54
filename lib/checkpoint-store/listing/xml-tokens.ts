const longestToken = 262_144;

/**
 * `isRaw` is true for CDATA, which is not encoded. `leaf` takes an element with text alone, or returns false
 * to get it part by part. While `expectsItem` is true, similar elements follow and each is offered to `item`,
 * which takes a whole element and returns its end, or -1 to be told part by part.
 */
export interface XmlHandler {
  opened(name: string, attributes: string): void;
  text(text: string, isRaw: boolean): void;
  closed(name: string): void;
  leaf(name: string, text: string): boolean;
  readonly skipsLeaves: boolean;
  readonly expectsItem: boolean;
  item(text: string, at: number): number;
  passed(element: string): void;
}

export class XmlFault extends Error {
  override readonly name = "XmlFault";
}

/**
 * Splits a document into tags and texts, however it is chunked. Reads what listings contain: elements,
 * attributes, CDATA, comments and instructions. Refuses document types.
 */
export class XmlTokens {
  readonly #handler: XmlHandler;
  readonly #open: string[] = [];
  #rest = "";
  #isRootClosed = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  feed(chunk: string): void {
    const text = this.#rest === "" ? chunk : this.#rest + chunk;
    const at = this.#read(text);
    if (text.length - at > longestToken) throw new XmlFault("a part of it is too long");
    this.#rest = text.slice(at);
  }

  end(): void {
    if (!this.#isRootClosed || this.#rest.trim() !== "") throw new XmlFault("it is cut off");
  }

  #read(text: string): number {
    let at = 0;
    let itemAt = -1;
    while (at < text.length) {
      if (text.charCodeAt(at) !== lessThan) {
        const next = text.indexOf("<", at);
        if (next === -1) return at;
        this.#text(text.slice(at, next), false);
        at = next;
      }
      if (this.#handler.expectsItem) {
        if (itemAt !== -1) this.#handler.passed(text.slice(itemAt, at));
        const end = this.#handler.item(text, at);
        itemAt = end === -1 ? at : -1;
        if (end !== -1) {
          at = end;
          continue;
        }
      }
      const kind = text.charCodeAt(at + 1);
      const next =
        kind === slash
          ? this.#close(text, at)
          : isSpecial(kind)
            ? this.#special(text, at)
            : this.#tag(text, at);
      if (next === -1) return at;
      at = next;
    }
    return at;
  }

  #text(text: string, isRaw: boolean): void {
    if (this.#open.length > 0) this.#handler.text(text, isRaw);
    else if (text.replace("\ufeff", "").trim() !== "")
      throw new XmlFault("text stands outside of its elements");
  }

  #tag(text: string, at: number): number {
    let nameEnd = at + 1;
    for (let code = text.charCodeAt(nameEnd); code > space && code !== greaterThan && code !== slash; ) {
      nameEnd += 1;
      code = text.charCodeAt(nameEnd);
    }
    if (nameEnd >= text.length) return -1;
    const end = text.charCodeAt(nameEnd) === greaterThan ? nameEnd : tagEnd(text, nameEnd);
    if (end === -1) return -1;
    if (nameEnd === at + 1 || this.#isRootClosed) throw new XmlFault("a tag has no place");
    const name = text.slice(at + 1, nameEnd);
    if (end === nameEnd) {
      const after = this.#leaf(text, name, end + 1);
      if (after !== 0) return after;
    }
    const isEmpty = text.charCodeAt(end - 1) === slash;
    this.#handler.opened(name, text.slice(nameEnd, isEmpty ? end - 1 : end));
    this.#open.push(name);
    if (isEmpty) this.#closed(name);
    return end + 1;
  }

  /** The most frequent case: a text and its closing tag. 0: something else, or incomplete. */
  #leaf(text: string, name: string, start: number): number {
    const end = text.indexOf("<", start);
    if (end === -1 || text.charCodeAt(end + 1) !== slash || !stands(name, text, end + 2)) return 0;
    const after = end + 2 + name.length;
    if (text.charCodeAt(after) !== greaterThan || this.#open.length === 0) return 0;
    if (!this.#handler.skipsLeaves && !this.#handler.leaf(name, text.slice(start, end))) return 0;
    return after + 1;
  }

  #close(text: string, at: number): number {
    const end = text.indexOf(">", at);
    if (end === -1) return -1;
    const name = this.#open.at(-1);
    if (name === undefined || text.slice(at + 2, end).trimEnd() !== name)
      throw new XmlFault("a closing tag is not its element's");
    this.#closed(name);
    return end + 1;
  }

  #closed(name: string): void {
    this.#open.pop();
    this.#handler.closed(name);
    if (this.#open.length === 0) this.#isRootClosed = true;
  }

  #special(text: string, at: number): number {
    for (const [begin, finish, isText] of specials) {
      const head = text.slice(at, at + begin.length);
      if (head.length < begin.length && begin.startsWith(head)) return -1;
      if (head !== begin) continue;
      const end = text.indexOf(finish, at + begin.length);
      if (end === -1) return -1;
      if (isText) this.#text(text.slice(at + begin.length, end), true);
      return end + finish.length;
    }
    throw new XmlFault("it has a document type");
  }
}

/** Like `startsWith`, which V8 runs character by character. */
export function stands(what: string, text: string, at: number): boolean {
  return text.slice(at, at + what.length) === what;
}

const [lessThan, greaterThan, slash, space] = [60, 62, 47, 32];
const specials = [
  ["<![CDATA[", "]]>", true],
  ["<!--", "-->", false],
  ["<?", "?>", false],
] as const;

function isSpecial(code: number): boolean {
  return code === 33 || code === 63;
}

function tagEnd(text: string, from: number): number {
  let quote = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) quote = code;
    else if (code === greaterThan) return at;
  }
  return -1;
}
