import type { EpochMs } from "./time.ts";

/** `uptimeMs` never goes back but may stand still during suspend; `wallMs` runs on but may be set back. */
export interface Moment {
  uptimeMs: number;
  wallMs: EpochMs;
}

export function thisMoment(): Moment {
  return { uptimeMs: performance.now(), wallMs: Date.now() };
}

/** Returns the milliseconds between two moments, rather too many than too few. */
export function msBetween(from: Moment, to: Moment): number {
  return Math.max(to.uptimeMs - from.uptimeMs, to.wallMs - from.wallMs);
}
