import type { EpochMs } from "#lib/core/time.ts";
import type { PositionRing } from "../positions.ts";

/** A checkpoint is overdue after this many times the longest usual interval. */
export const overduePeriods = 2;

export interface RecentCheckpoints {
  newest: number;
  /** The checkpoint that a pace counts from. Null: the newest is the only one, or the first since a standstill. */
  base: number | null;
  /**
   * What a rate counts from: the base. For the first checkpoint since a standstill it is the one before, as if
   * written one usual interval before it was last seen standing: the group can hardly have resumed earlier.
   */
  from: Start | null;
  /** What a rate counts from that leaves no events out, also those of standstills. */
  fromBefore: Start | null;
  /** The same checkpoint as `base` is one. Null: the newest is the only one. */
  baseBefore: number | null;
  /** There is a standstill after `fromBefore`. */
  hasResumed: boolean;
  /** The longest usual interval; for the first checkpoint since a standstill that from before it. */
  longestMs: number;
}

export interface Start {
  sequenceNumber: number;
  at: EpochMs;
  /** Where a standstill began here: the longest interval before it, else null. */
  usualMs: number | null;
}

/** How long a refresh saw events wait for the next checkpoint. `index`: the older checkpoint. */
export type WaitedMs = (index: number, lastSeenAt: EpochMs) => number;

/**
 * Returns the checkpoints of the window, and the newest before it, but none from before a standstill: an interval in
 * which a refresh saw the next checkpoint overdue.
 */
export function recentCheckpoints(
  readings: PositionRing,
  now: EpochMs,
  windowMs: number,
  waitedMs: WaitedMs = (index, lastSeenAt) => lastSeenAt - readings.timeAt(index),
): RecentCheckpoints | null {
  const seen = firstObservations(readings);
  const newest = seen.at(-1);
  if (newest === undefined) return null;
  const steps = stepsBetween(readings, seen, windowMs, waitedMs);
  const { base, longestMs } = runUntil(steps, now - windowMs);
  const startAt = (order: number): Start | null => {
    const [index, step] = [seen[order], steps[order]];
    if (index === undefined || step === undefined) return null;
    const sequenceNumber = readings.sequenceNumberAt(index);
    return { sequenceNumber, at: step.startsAt, usualMs: step.usualMs };
  };
  const { base: before } = runUntil(steps, now - windowMs, true);
  const baseBefore = before < steps.length ? (seen[before] ?? null) : null;
  const rest = { newest, fromBefore: startAt(before), baseBefore, hasResumed: before < base };
  if (base < steps.length) return { ...rest, base: seen[base] ?? null, from: startAt(base), longestMs };
  const last = startAt(steps.length - 1);
  const usualMs = last?.usualMs ?? 0;
  const from = last && { ...last, at: Math.max(last.at, readings.timeAt(newest - 1) - usualMs) };
  return { ...rest, base: null, from, longestMs: usualMs };
}

function firstObservations(readings: PositionRing): number[] {
  const indexes: number[] = [];
  for (let index = 0; index < readings.size; index += 1) {
    const isSeenAgain =
      index > 0 && readings.sequenceNumberAt(index - 1) === readings.sequenceNumberAt(index);
    if (!isSeenAgain) indexes.push(index);
  }
  return indexes;
}

interface Step {
  startsAt: EpochMs;
  endsAt: EpochMs;
  /** As in `Start`. */
  usualMs: number | null;
}

function stepsBetween(
  readings: PositionRing,
  seen: readonly number[],
  windowMs: number,
  waitedMs: WaitedMs,
): Step[] {
  const steps: Step[] = [];
  for (const [order, index] of seen.slice(1).entries()) {
    const older = seen[order] ?? 0;
    const [startsAt, lastSeenAt] = [readings.timeAt(older), readings.timeAt(index - 1)];
    const usualMs =
      usualIfOverdue(steps, lastSeenAt - startsAt, windowMs) === null
        ? null
        : usualIfOverdue(steps, waitedMs(older, lastSeenAt), windowMs);
    steps.push({ startsAt, endsAt: readings.timeAt(index), usualMs });
  }
  return steps;
}

/** The longest interval before, if a checkpoint is overdue after `ms`; null also where nothing is usual yet. */
function usualIfOverdue(steps: readonly Step[], ms: number, windowMs: number): number | null {
  const before = steps.at(-1);
  if (before === undefined || ms <= overduePeriods * (before.endsAt - before.startsAt)) return null;
  const { longestMs } = runUntil(steps, before.endsAt - windowMs);
  return longestMs > 0 && ms > overduePeriods * longestMs ? longestMs : null;
}

/** From the end back over the window's start, one step at least; up to the last standstill if not `isAcross`. */
function runUntil(
  steps: readonly Step[],
  windowStart: EpochMs,
  isAcross = false,
): { base: number; longestMs: number } {
  let base = steps.length;
  let longestMs = 0;
  for (let step = steps[base - 1]; step !== undefined; step = steps[base - 1]) {
    if (step.usualMs !== null && !isAcross) break;
    if (base < steps.length && step.endsAt <= windowStart) break;
    longestMs = Math.max(longestMs, step.endsAt - step.startsAt);
    base -= 1;
  }
  return { base, longestMs };
}
