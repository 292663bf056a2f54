export const identityColorCount = 8;

function hash(text: string): number {
  let h = 2_166_136_261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16_777_619) >>> 0;
  return h;
}

/**
 * A colour number from 1 on per id: an owner's, or a partition's. Who has one keeps it, so that colours stay
 * through a rebalance; a new one gets what its id hashes to, or the next that nobody present has. Past eight
 * colours repeat.
 */
export function assignColors(
  allIds: readonly string[],
  before: ReadonlyMap<string, number> = new Map(),
): Map<string, number> {
  const colors = new Map<string, number>();
  const ids = [...new Set(allIds)].sort();
  for (const id of ids) {
    const kept = before.get(id);
    if (kept !== undefined) colors.set(id, kept);
  }
  for (const id of ids) {
    if (colors.has(id)) continue;
    const wanted = hash(id) % identityColorCount;
    const taken = new Set(colors.values());
    const steps = Array.from(
      { length: identityColorCount },
      (_, step) => ((wanted + step) % identityColorCount) + 1,
    );
    colors.set(id, steps.find((color) => !taken.has(color)) ?? wanted + 1);
  }
  return colors;
}
