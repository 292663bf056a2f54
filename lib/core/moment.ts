import type { EpochMs } from "./time.ts";

/** A moment of this machine, by both of its clocks. */
export interface Moment {
  /** Only ever grows, but may stand still while the machine is suspended. */
  uptimeMs: number;
  /** Goes on then, but may be set back. */
  wallMs: EpochMs;
}

export function thisMoment(): Moment {
  return { uptimeMs: performance.now(), wallMs: Date.now() };
}

/** Milliseconds from one moment to another: rather too many than too few. */
export function msBetween(from: Moment, to: Moment): number {
  return Math.max(to.uptimeMs - from.uptimeMs, to.wallMs - from.wallMs);
}
