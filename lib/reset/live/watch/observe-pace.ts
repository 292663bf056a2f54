import type { EpochMs } from "#lib/core/time.ts";
import type { LiveLimits } from "#lib/reset/live/limits.ts";
import type { LiveState } from "#lib/reset/live/state.ts";

/** Milliseconds until the next look. A quick processor's checkpoint is proof only while it stands. */
export function observeEveryMs(state: LiveState, limits: LiveLimits, now: EpochMs): number {
  if (state.step !== "verifying") return limits.observeMs;
  const lastTurn = Math.max(state.releasedAt, state.owner?.seenAt ?? 0);
  return now - lastTurn < limits.keenMs ? limits.keenObserveMs : limits.closeObserveMs;
}
