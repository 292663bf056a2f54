import { isDeepStrictEqual } from "node:util";
import { inTurns, turns } from "#lib/core/pause.ts";

/**
 * Returns `before` if both are equal, so that equal parts are kept once and compare by identity. For plain
 * JSON data.
 */
export function keepSame<T>(before: T, now: T): T {
  return isDeepStrictEqual(before, now) ? before : now;
}

export async function keepSameItems<T>(
  before: readonly T[],
  now: readonly T[],
  idOf: (item: T) => string,
  rest = turns(),
): Promise<readonly T[]> {
  const known = new Map(before.map((item) => [idOf(item), item]));
  const kept: T[] = [];
  await inTurns(now, rest, (item) => {
    const old = known.get(idOf(item));
    kept.push(old === undefined ? item : keepSame(old, item));
  });
  return kept.length === before.length && kept.every((item, index) => item === before[index]) ? before : kept;
}
