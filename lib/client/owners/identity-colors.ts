/** Colours that fill a bar. */
const plainColorCount = 8;
/** With those that have stripes of another one. */
export const identityColorCount = plainColorCount * plainColorCount;

const colorNumbers = Array.from({ length: identityColorCount }, (_, i) => i + 1);

/** What a colour number is drawn with: numbers of the palette, with a stripe or without. */
export function colorParts(color: number): { fill: number; stripe: number | null } {
  const fill = (color - 1) % plainColorCount;
  const band = Math.floor((color - 1) / plainColorCount);
  return { fill: fill + 1, stripe: band === 0 ? null : ((fill + band) % plainColorCount) + 1 };
}

function hash(text: string): number {
  let h = 2_166_136_261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16_777_619) >>> 0;
  return h;
}

/**
 * A colour number from 1 on per id: an owner's, or a partition's. Who had one keeps it, so that colours stay
 * through a rebalance; a new one gets what its id hashes to, or the next that is free. Past eight they have stripes, past 64 they repeat.
 * @param ids those that must be told apart: of two that had one colour the one remembered first keeps it
 * @param before who had which, the oldest first
 * @param others drawn beside them, as owners that are gone: they take what is left
 */
export function assignColors(
  ids: readonly string[],
  before: ReadonlyMap<string, number> = new Map(),
  others: readonly string[] = [],
): Map<string, number> {
  const first = new Set(ids);
  const rest = new Set(others.filter((id) => !first.has(id)));
  const colors = new Map<string, number>();
  const uses = { first: new Uses(), rest: new Uses() };
  const give = (id: string, color: number) => {
    colors.set(id, color);
    uses[first.has(id) ? "first" : "rest"].add(color);
  };
  for (const [id, color] of before) {
    if (rest.has(id) || (first.has(id) && uses.first.of(color) === 0)) give(id, color);
  }
  const clashing = [...before.keys()].filter((id) => first.has(id) && !colors.has(id));
  for (const id of new Set([...clashing, ...[...first].sort(), ...[...rest].sort()])) {
    if (colors.has(id)) continue;
    const kept = before.get(id);
    const isFull = colorNumbers.every((color) => uses.first.of(color) > 0);
    give(id, kept !== undefined && isFull ? kept : leastUsed(hash(id), uses));
  }
  return colors;
}

/** The first from where the hash points to that is used least by those to be told apart, then by the others. */
function leastUsed(start: number, uses: { first: Uses; rest: Uses }): number {
  // The plain ones first: stripes are for more owners than that.
  const order = colorNumbers.map((_, step) => {
    const band = Math.floor(step / plainColorCount);
    return band * plainColorCount + ((start + step) % plainColorCount) + 1;
  });
  const weight = (color: number) => uses.first.of(color) * 10_000 + uses.rest.of(color);
  return order.reduce((best, color) => (weight(color) < weight(best) ? color : best));
}

class Uses {
  readonly #counts = new Map<number, number>();

  add(color: number): void {
    this.#counts.set(color, this.of(color) + 1);
  }

  of(color: number): number {
    return this.#counts.get(color) ?? 0;
  }
}
