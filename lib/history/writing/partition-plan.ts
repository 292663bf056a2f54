import type { EpochMs } from "#lib/core/time.ts";
import { floorTo } from "../samples/tiers.ts";

export const dayMs = 24 * 60 * 60_000;
/** About how many partitions a tier has, however long it is kept: every query plans over all of them. */
const partitionsOfTier = 32;

export interface TimePartition {
  name: string;
  from: EpochMs;
  /** Exclusive. */
  to: EpochMs;
}

/** Whole days, so that no chunk reaches over an edge. */
export function widthMs(keptMs: number): number {
  return Math.max(1, Math.ceil(keptMs / dayMs / partitionsOfTier)) * dayMs;
}

export function isMadeAhead(existing: readonly TimePartition[], now: EpochMs): boolean {
  return endOf(existing) >= floorTo(now, dayMs) + 2 * dayMs;
}

/**
 * Returns the range of a tier's next partition: after the last one, not before today, and after what the
 * default partition holds, since a range that has rows there can't be taken from it.
 * @param newestInRest returns the start of the newest chunk in the default partition before a time
 */
export async function nextPartition(
  existing: readonly TimePartition[],
  newestInRest: (before: EpochMs) => Promise<EpochMs | null>,
  width: number,
  now: EpochMs,
): Promise<Pick<TimePartition, "from" | "to">> {
  const today = floorTo(now, dayMs);
  const newest = await newestInRest(today + 2 * dayMs + width);
  const free = newest === null ? today : floorTo(newest, dayMs) + dayMs;
  const from = Math.max(today, endOf(existing), free);
  return { from, to: from + width };
}

function endOf(partitions: readonly TimePartition[]): EpochMs {
  return Math.max(...partitions.map(({ to }) => to));
}

/** Oldest first. */
export function partitionsPast(existing: readonly TimePartition[], before: EpochMs): TimePartition[] {
  return existing.filter(({ to }) => to <= before).toSorted((a, b) => a.to - b.to);
}
