import type { EpochMs } from "#lib/core/time.ts";
import type { LiveLimits } from "#lib/reset/live/limits.ts";
import type { LiveState } from "#lib/reset/live/state.ts";

/** How soon to look again: what a quick processor stores on its way is proof only while it stands. */
export function lookEveryMs(state: LiveState, limits: LiveLimits, now: EpochMs): number {
  if (state.step !== "verifying") return limits.lookMs;
  const lastTurn = Math.max(state.releasedAt, state.owner?.seenAt ?? 0);
  return now - lastTurn < limits.keenMs ? limits.keenLookMs : limits.closeLookMs;
}
