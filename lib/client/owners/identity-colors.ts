const plainColorCount = 8;
export const identityColorCount = plainColorCount * plainColorCount;

const colorNumbers = Array.from({ length: identityColorCount }, (_, i) => i + 1);

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
 * Assigns a colour number from 1 to each id. Known ids keep theirs; a new one gets its hash's number or the
 * next free one. Past 8 they have stripes, past 64 they repeat.
 * @param ids must differ; of two with the same colour the one remembered first keeps it
 * @param before known colours, oldest first
 * @param others drawn beside them, such as past owners; they take what is left
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

function leastUsed(start: number, uses: { first: Uses; rest: Uses }): number {
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
