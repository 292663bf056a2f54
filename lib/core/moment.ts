import type { EpochMs } from "./time.ts";

export interface Moment {
  /** Never goes back, but may stand still during suspend. */
  uptimeMs: number;
  /** Runs on during suspend, but may be set back. */
  wallMs: EpochMs;
}

export function thisMoment(): Moment {
  return { uptimeMs: performance.now(), wallMs: Date.now() };
}

/** Returns the milliseconds between two moments, rather too many than too few. */
export function msBetween(from: Moment, to: Moment): number {
  return Math.max(to.uptimeMs - from.uptimeMs, to.wallMs - from.wallMs);
}
