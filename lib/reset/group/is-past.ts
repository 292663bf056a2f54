import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";

/**
 * True when a group that was to be taken forward is there or beyond by itself: writing would take it back, or skip
 * nothing. One that stood at the target already, and is only written anew, is past it beyond.
 */
export function isPast(
  { isForward, isAhead, target }: Pick<PlannedWrite, "isForward" | "isAhead"> & { target: number },
  standsAt: number | null,
): standsAt is number {
  if (isForward !== true || standsAt === null) return false;
  return isAhead === true ? standsAt >= target : standsAt > target;
}
