export type BlobField = "name" | "etag" | "lastModified" | "size" | "leaseState";

interface Leaf {
  before: string;
  field: BlobField | null;
  key: string | null;
  text: string;
  varies: boolean;
}

interface Step {
  literal: string;
  field: BlobField | null;
  key: string | null;
}

export const properties: Readonly<Record<string, BlobField>> = {
  Etag: "etag",
  "Last-Modified": "lastModified",
  "Content-Length": "size",
  LeaseState: "leaseState",
};

/**
 * The shape of one blob's element. The service writes thousands alike: when all tags match to the letter,
 * only the texts between them need reading.
 */
export class BlobShape {
  readonly #leaves: Leaf[];
  readonly #after: string;
  readonly isEncoded: boolean;
  steps: readonly Step[];
  end: string;
  constants: ReadonlyMap<BlobField, string>;

  private constructor(leaves: Leaf[], after: string, isEncoded: boolean) {
    this.#leaves = leaves;
    this.#after = after;
    this.isEncoded = isEncoded;
    ({ steps: this.steps, end: this.end, constants: this.constants } = compile(leaves, after));
  }

  /**
   * Null when elements can't be compared this way: CDATA, comments, unknown attributes, empty metadata tags,
   * or a key twice in any casing.
   */
  static of(element: string): BlobShape | null {
    if (/<[!?]/.test(element)) return null;
    const leaves: Leaf[] = [];
    const open: string[] = [];
    const keys = new Set<string>();
    let [before, isEncoded] = ["", false];
    for (const [whole, close, name = "", attributes = "", empty, text = ""] of element.matchAll(
      /<(\/?)([^\s<>/]+)([^<>]*?)(\/?)>([^<]*)/g,
    )) {
      if (!/^\s*$|^ Enc(od|rypt)ed="(true|false)"\s*$/.test(attributes)) return null;
      // A released ownership's `<ownerid/>` is empty, which differs from absent.
      if (empty && open.at(-1) === "Metadata") return null;
      before += whole.slice(0, whole.length - text.length);
      if (close) open.pop();
      else if (!empty) open.push(name);
      const isLeaf = !(close || empty) && !(text.trim() === "" && name !== "Name" && open.length < 3);
      if (!isLeaf) {
        before += text;
        continue;
      }
      const [, part, leaf] = open;
      const field = open.length === 2 && part === "Name" ? "name" : fieldOf(open);
      const key = open.length === 3 && part === "Metadata" ? (leaf?.toLowerCase() ?? null) : null;
      if (key !== null && keys.size === keys.add(key).size) return null;
      if (field === "name") isEncoded = attributes.includes('d="true"');
      const varies = key !== null || (field !== null && field !== "size" && field !== "leaseState");
      leaves.push({ before, field, key, text, varies });
      before = "";
    }
    return open.length === 0 && leaves.length > 0 ? new BlobShape(leaves, before, isEncoded) : null;
  }

  /** If the other element has the same tags, learns from it which texts vary. */
  covers(other: BlobShape): boolean {
    const isSame =
      this.#after === other.#after &&
      this.#leaves.length === other.#leaves.length &&
      this.#leaves.every(({ before }, index) => before === other.#leaves[index]?.before);
    if (!isSame) return false;
    for (const [index, leaf] of this.#leaves.entries())
      leaf.varies ||= leaf.text !== other.#leaves[index]?.text;
    ({ steps: this.steps, end: this.end, constants: this.constants } = compile(this.#leaves, this.#after));
    return true;
  }
}

function fieldOf(open: readonly string[]): BlobField | null {
  const [, part, leaf = ""] = open;
  if (open.length !== 3 || part !== "Properties" || !Object.hasOwn(properties, leaf)) return null;
  return properties[leaf] ?? null;
}

function compile(leaves: readonly Leaf[], after: string) {
  const steps: Step[] = [];
  const constants = new Map<BlobField, string>();
  let literal = "";
  for (const { before, field, key, text, varies } of leaves) {
    literal += before;
    if (varies) {
      steps.push({ literal, field, key });
      literal = "";
    } else {
      literal += text;
      if (field !== null) constants.set(field, text);
    }
  }
  return { steps, end: literal + after, constants };
}
