import type { EpochMs } from "#lib/core/time.ts";
import { floorTo, hourTier, minuteTier, type Retention, rawTier, type Tier } from "./tiers.ts";

const niceSteps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200];
const day = 86_400;

export interface Grid {
  from: EpochMs;
  to: EpochMs;
  stepSeconds: number;
  tier: Tier;
}

/**
 * Chooses the smallest nice step with at most `points` steps, not finer than the refreshes or the kept
 * samples.
 */
export function chooseGrid(
  range: { from: EpochMs; to: EpochMs; points: number; now: EpochMs },
  refreshSeconds: number,
  retention: Retention,
): Grid {
  const age = range.now - range.from;
  const kept = age > retention.minutesMs ? 3600 : age > retention.rawMs ? 60 : 1;
  const to = Math.min(range.to, range.now);
  const seconds = Math.max(0, to - range.from) / 1000;
  const atLeast = Math.max(seconds / range.points, refreshSeconds, kept);
  const stepSeconds = niceSteps.find((step) => step >= atLeast) ?? Math.ceil(atLeast / day) * day;
  const stepMs = stepSeconds * 1000;
  return {
    from: floorTo(range.from, stepMs),
    to: Math.max(floorTo(range.from, stepMs), Math.ceil(to / stepMs) * stepMs),
    stepSeconds,
    tier: stepSeconds >= 3600 ? hourTier : stepSeconds >= 60 ? minuteTier : rawTier,
  };
}
