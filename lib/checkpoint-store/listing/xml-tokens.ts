/** One token may be a name of 1,024 characters, encoded, or 8 KB of metadata; what is longer is no listing. */
const longestToken = 262_144;

/** Who is told what stands in a document, in its order. */
export interface XmlHandler {
  /** @param attributes what stands in the tag after its name, as it is */
  opened(name: string, attributes: string): void;
  /** @param isRaw a CDATA section, in which nothing is encoded */
  text(text: string, isRaw: boolean): void;
  closed(name: string): void;
  /** An element that holds text alone; `false`: it is told as any other. */
  leaf(name: string, text: string): boolean;
  /** Nothing inside of the element that was opened last is of interest: its leaves need not be told. */
  readonly skipsLeaves: boolean;
  /** Whether elements stand here that are alike; each is then offered to `item` first. */
  readonly expectsItem: boolean;
  /** Takes in a whole element at once, and returns where it ends; -1: it is to be told part by part. */
  item(text: string, at: number): number;
  /** The whole element that `item` did not take, where it came in one piece. */
  passed(element: string): void;
}

/** What was read is not well-formed, or more than a listing can be. */
export class XmlFault extends Error {
  override readonly name = "XmlFault";
}

/**
 * Splits a document into tags and texts, however it is cut into chunks. It knows what listings are made of:
 * elements, attributes, CDATA, comments and instructions, and refuses document types.
 */
export class XmlTokens {
  readonly #handler: XmlHandler;
  readonly #open: string[] = [];
  #rest = "";
  #isRootClosed = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** @throws XmlFault */
  feed(chunk: string): void {
    const text = this.#rest === "" ? chunk : this.#rest + chunk;
    const at = this.#read(text);
    if (text.length - at > longestToken) throw new XmlFault("a part of it is too long");
    this.#rest = text.slice(at);
  }

  /** @throws XmlFault where the document is cut off */
  end(): void {
    if (!this.#isRootClosed || this.#rest.trim() !== "") throw new XmlFault("it is cut off");
  }

  /** Returns where the first token begins that is not whole yet. */
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

  /** The most frequent case: one text and the closing tag. 0: it is not that, or not here yet. */
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

/** As `startsWith`, which V8 does one character after the other. */
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

/** Where a tag with attributes ends: their values may hold its sign. */
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
