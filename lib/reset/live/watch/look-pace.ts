import type { EpochMs } from "#lib/core/time.ts";
import type { LiveLimits } from "#lib/reset/live/limits.ts";
import type { LiveState } from "#lib/reset/live/state.ts";

/** How soon a partition is to be looked at again: what a quick processor stores on its way is proof while it stands. */
export function lookEveryMs(
  { step, releasedAt, owner }: LiveState,
  limits: LiveLimits,
  now: EpochMs,
): number {
  if (step !== "verifying") return limits.lookMs;
  const lastTurn = Math.max(releasedAt ?? 0, owner?.seenAt ?? 0);
  return now - lastTurn < limits.keenMs ? limits.keenLookMs : limits.closeLookMs;
}
