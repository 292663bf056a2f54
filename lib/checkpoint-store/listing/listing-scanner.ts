import { type BlobField, BlobShape, properties } from "./blob-shape.ts";
import { type ListedBlob, unquoted } from "./listed-blob.ts";
import { decoded, flat, lineBreaks } from "./listing-text.ts";
import { stands, XmlFault, type XmlHandler, XmlTokens } from "./xml-tokens.ts";

/** A page has at most 5,000 blobs, each with at most 8 KB of metadata. */
const longestPage = 128_000_000;
/** Room for checkpoints and ownerships of several SDKs; each shape that does not fit costs a comparison. */
const mostShapes = 8;
const mostAttempts = 400;
const path = ["EnumerationResults", "Blobs", "Blob"] as const;

/** `folders`: what a listing by hierarchy has in place of the blobs below. */
export interface ScannedPage {
  blobs: ListedBlob[];
  folders: string[];
  nextMarker: string;
}

/**
 * Reads a page of a blob listing chunk by chunk and keeps what the SDK would keep. Skips unknown elements;
 * refuses a truncated page and a blob without name, etag or Last-Modified.
 * @param known earlier blobs, reused when etag, lease state and size are the same
 */
export class ListingScanner implements XmlHandler {
  readonly #known: ReadonlyMap<string, ListedBlob>;
  readonly #tokens = new XmlTokens(this);
  readonly #blobs: ListedBlob[] = [];
  readonly #folders: string[] = [];
  #length = 0;
  #nextMarker = "";
  #onPath = 0;
  #depth = 0;
  #hasBlobs = false;
  #isFolder = false;
  #part: Part = null;
  #value: string | null = null;
  #blob = emptyBlob();
  readonly #shapes: BlobShape[] = [];
  #attempts = 0;
  readonly #spelled = new Map<string, string>();
  skipsLeaves = false;

  constructor(known: ReadonlyMap<string, ListedBlob> = new Map()) {
    this.#known = known;
  }

  feed(chunk: string): void {
    this.#length += chunk.length;
    if (this.#length > longestPage) throw new XmlFault("it is too long");
    this.#tokens.feed(chunk);
  }

  end(): ScannedPage {
    this.#tokens.end();
    if (!this.#hasBlobs) throw new XmlFault("it holds no list of blobs");
    return { blobs: this.#blobs, folders: this.#folders, nextMarker: this.#nextMarker };
  }

  get expectsItem(): boolean {
    return this.#depth === 2 && this.#onPath === 2;
  }

  item(text: string, at: number): number {
    for (const [index, shape] of this.#shapes.entries()) {
      const end = this.#match(shape, text, at);
      if (end === -1) continue;
      if (index > 0) this.#shapes.unshift(...this.#shapes.splice(index, 1));
      this.#blobs.push(this.#listed());
      return end;
    }
    return -1;
  }

  passed(element: string): void {
    if (!element.startsWith("<Blob>")) return;
    this.#attempts += 1;
    if (this.#attempts > mostAttempts) return;
    const shape = BlobShape.of(flat(element.trimEnd()));
    if (shape === null || this.#shapes.some((known) => known.covers(shape))) return;
    if (this.#shapes.length < mostShapes) this.#shapes.unshift(shape);
  }

  #match(shape: BlobShape, text: string, start: number): number {
    const blob = emptyBlob();
    this.#blob = blob;
    let at = start;
    for (const { literal, field, key } of shape.steps) {
      if (!stands(literal, text, at)) return -1;
      const from = at + literal.length;
      at = text.indexOf("<", from);
      if (at === -1) return -1;
      if (key !== null) {
        if (blob.again !== undefined) continue;
        if (blob.metadata === undefined) {
          this.#fill(shape);
          blob.again = this.#again();
          blob.metadata = new Map();
          if (blob.again !== undefined) continue;
        }
        blob.metadata.set(key, flat(decoded(text.slice(from, at))));
      } else if (field !== null) this.#set(field, decoded(text.slice(from, at)), shape.isEncoded);
    }
    if (!stands(shape.end, text, at)) return -1;
    this.#fill(shape);
    return at + shape.end.length;
  }

  #fill({ constants, isEncoded }: BlobShape): void {
    for (const [field, text] of constants) this.#set(field, text, isEncoded);
  }

  opened(name: string, attributes: string): void {
    this.#depth += 1;
    this.skipsLeaves = false;
    if (this.#depth === path.length) this.#isFolder = name === "BlobPrefix" && this.#onPath === 2;
    if (this.#onPath < path.length && this.#onPath === this.#depth - 1 && name === path[this.#onPath]) {
      this.#onPath += 1;
      if (this.#onPath === 2) this.#hasBlobs = true;
      if (this.#onPath === path.length) this.#blob = emptyBlob();
      return;
    }
    if (this.#depth === 1) throw new XmlFault("it is no listing");
    if (this.#depth === 2 && name === "NextMarker") this.#value = "";
    else if (this.#onPath < path.length) this.#openedBeside(name, attributes);
    else if (this.#depth === path.length + 1) {
      this.#part = partOf(name);
      if (this.#part === "name") {
        this.#blob.isEncoded = isEncoded(attributes);
        this.#value = "";
      }
      if (this.#part === "metadata") {
        this.#blob.again = this.#again();
        this.#spelled.clear();
      }
      this.skipsLeaves = this.#part === null || this.#blob.again !== undefined;
    } else if (this.#depth === path.length + 2 && this.#wants(name)) this.#value = "";
    else this.skipsLeaves = this.#part !== "name";
  }

  #openedBeside(name: string, attributes: string): void {
    if (this.#depth !== path.length + 1 || !this.#isFolder || name !== "Name") return;
    this.#blob.isEncoded = isEncoded(attributes);
    this.#value = "";
  }

  text(text: string, isRaw: boolean): void {
    if (this.#value !== null) this.#value += isRaw ? lineBreaks(text) : decoded(text);
  }

  leaf(name: string, text: string): boolean {
    if (this.#onPath < path.length) return false;
    if (this.#depth === path.length) {
      if (name === "Name") this.#blob.name = decoded(text);
      return true;
    }
    if (this.#depth !== path.length + 1) return false;
    if (this.#wants(name)) this.#keep(name, decoded(text));
    return true;
  }

  closed(name: string): void {
    const value = this.#value;
    const depth = this.#depth;
    this.#depth -= 1;
    if (depth <= this.#onPath) {
      if (depth === path.length) this.#blobs.push(this.#listed());
      this.#onPath -= 1;
      return;
    }
    if (depth === 2) {
      if (value !== null) this.#nextMarker = value;
      this.#value = null;
    } else if (depth === path.length + 1) {
      if (this.#isFolder && value !== null)
        this.#folders.push(flat(this.#blob.isEncoded ? unescaped(value) : value));
      if (this.#part === "name") this.#set("name", value ?? "", this.#blob.isEncoded);
      if (this.#part === "metadata" && this.#blob.again === undefined) {
        this.#blob.metadata = new Map();
        for (const [key, text] of this.#spelled) this.#blob.metadata.set(flat(key.toLowerCase()), flat(text));
      }
      this.#value = null;
      this.#part = null;
      this.skipsLeaves = false;
    } else if (depth === path.length + 2) {
      if (value !== null && this.#part !== "name") {
        this.#keep(name, value);
        this.#value = null;
      }
      this.skipsLeaves = false;
    }
  }

  #wants(name: string): boolean {
    if (this.#part === "metadata") return this.#blob.again === undefined;
    return this.#part === "properties" && Object.hasOwn(properties, name);
  }

  #keep(name: string, value: string): void {
    if (this.#part === "metadata") {
      // The SDK joins the values of a repeated key; keys that can't exist all count as one.
      const before = this.#spelled.get(name);
      this.#spelled.set(name, before === undefined ? value : `${before},${value}`);
    } else {
      const field = properties[name];
      if (field !== undefined) this.#set(field, value, false);
    }
  }

  #set(field: BlobField, value: string, isEncoded: boolean): void {
    const blob = this.#blob;
    if (field === "name") blob.name = isEncoded ? unescaped(value) : value;
    else if (field === "etag") blob.etag = unquoted(value);
    else if (field === "lastModified") blob.lastModified = value;
    else if (field === "size") blob.size = Number(value) || 0;
    else blob.leased = value === "leased" || value === "breaking";
  }

  /** The earlier object if unchanged. A lease does not change the etag, so it is compared too. */
  #again(): ListedBlob | undefined {
    const { name, etag, leased, size } = this.#blob;
    const known = this.#known.get(name);
    if (known === undefined || etag === "" || known.etag !== etag) return undefined;
    return known.leased === leased && known.size === size ? known : undefined;
  }

  #listed(): ListedBlob {
    const { name, etag, lastModified, size, leased, metadata, again } = this.#blob;
    if (name === "" || etag === "" || lastModified === "") throw incomplete();
    const known = this.#again();
    if (known !== undefined) return known;
    // Its metadata were passed over, and the earlier object may have let go of its own.
    if (again !== undefined) throw new XmlFault("a blob's properties stand on both sides of its metadata");
    const updatedAt = Date.parse(lastModified);
    if (Number.isNaN(updatedAt)) throw incomplete();
    return {
      name: flat(name),
      metadata: metadata ?? new Map<string, string>(),
      etag: flat(etag),
      updatedAt,
      size,
      leased,
    };
  }
}

function isEncoded(attributes: string): boolean {
  return /\bEncoded\s*=\s*["']true["']/.test(attributes);
}

type Part = "name" | "properties" | "metadata" | null;

function partOf(name: string): Part {
  if (name === "Name") return "name";
  if (name === "Properties") return "properties";
  return name === "Metadata" ? "metadata" : null;
}

function emptyBlob() {
  return {
    name: "",
    isEncoded: false,
    etag: "",
    lastModified: "",
    size: 0,
    leased: false,
    metadata: undefined as Map<string, string> | undefined,
    again: undefined as ListedBlob | undefined,
  };
}

function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw new XmlFault("a blob's name is wrongly encoded");
  }
}

function incomplete(): XmlFault {
  return new XmlFault("a blob lacks its name, its etag or when it was changed");
}
