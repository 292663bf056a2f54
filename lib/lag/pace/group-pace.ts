import type { Status } from "#lib/api/status.ts";
import { catchUpSeconds } from "../rates.ts";
import type { Pace } from "./pace.ts";

export interface PacedPartition {
  lag: number | null;
  isUpperBound: boolean;
  pace: Pace | null;
  /** The pace over the standstill from which it has just resumed. Null: there was none. */
  across: Pace | null;
}

/** A larger share of the lag on partitions that have just resumed hides what the group does now. */
const mostResumedShare = 0.25;

/**
 * Sums partitions' rates to events per second. Null when none is known, or when a partition that is unread or
 * has waiting events lacks its rate: a partial sum is not the group's.
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
 * Growth of a group's lag in events per second (negative: it falls), over partitions with a checkpoint. A few
 * that have just resumed count over their standstill. Null when a partition with waiting events has no known rates.
 */
export function lagChangePerSecond(partitions: readonly PacedPartition[]): number | null {
  const read = partitions.filter(({ isUpperBound }) => !isUpperBound);
  let [change, whole, resumed] = [0, 0, 0];
  for (const { lag, pace, across } of read) {
    whole += lag ?? 0;
    if (lag === 0 && pace === null) continue;
    const known = pace ?? (lag === null ? null : across);
    if (known === null) return null;
    change += known.eventsInPerSecond - known.eventsOutPerSecond;
    if (pace === null) resumed += lag ?? 0;
  }
  return read.length === 0 || resumed > mostResumedShare * whole ? null : change;
}

/**
 * Seconds until the whole group has caught up at these rates (lib/lag/README.md#rates). Null when a part is
 * unknown or never gets there: it stands still or lacks a checkpoint.
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
