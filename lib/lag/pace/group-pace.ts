import type { Status } from "#lib/api/status.ts";
import { catchUpSeconds } from "../rates.ts";
import type { Pace } from "./pace.ts";

/** A partition as far as its group's pace goes. */
export interface PacedPartition {
  /** Null: not known. */
  lag: number | null;
  /** The group has no checkpoint there: the lag is a bound, and nothing is read. */
  isUpperBound: boolean;
  /** Null: not known. */
  pace: Pace | null;
}

/**
 * Events per second over a whole group, of its partitions' rates. Null where none is known, and where a partition that
 * was not read, or on which events wait, lacks its own: the sum of the rest is not the group's.
 */
export function wholeRate(
  partitions: readonly { lag: number | null; perSecond: number | null }[],
): number | null {
  let sum: number | null = null;
  for (const { lag, perSecond } of partitions) {
    if (perSecond !== null) sum = (sum ?? 0) + perSecond;
    else if (lag !== 0) return null;
  }
  return sum;
}

/**
 * Events per second that a group's lag grows by (falls, where negative), over the partitions that it has a checkpoint
 * on. Null where that of one of them with events waiting is not known.
 */
export function lagChangePerSecond(partitions: readonly PacedPartition[]): number | null {
  const read = partitions.filter(({ isUpperBound }) => !isUpperBound);
  let change = 0;
  for (const { lag, pace } of read) {
    if (pace !== null) change += pace.eventsInPerSecond - pace.eventsOutPerSecond;
    // Level ones keep pace, whatever is known of their rates.
    else if (lag !== 0) return null;
  }
  return read.length === 0 ? null : change;
}

/**
 * Seconds until a whole group is level, at these rates (lib/lag/README.md#rates). Null where a part of it is not
 * known, or never gets there: it stands still, or has no checkpoint somewhere.
 */
export function groupCatchUpSeconds(partitions: readonly PacedPartition[], status: Status): number | null {
  if (status === "stall" || status === "stop") return null;
  let lag = 0;
  for (const partition of partitions) {
    if (partition.lag === null || (partition.isUpperBound && partition.lag > 0)) return null;
    lag += partition.lag;
  }
  const change = lagChangePerSecond(partitions);
  return catchUpSeconds(
    partitions.length === 0 ? null : lag,
    change === null ? null : 0,
    change === null ? null : -change,
  );
}
