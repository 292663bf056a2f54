import type { Clock } from "#lib/core/time.ts";

/**
 * The time as this machine's clock has it now, and steadily on from there: a clock that is set in the middle of a
 * live reset must neither hold renewals up nor end a hold early.
 */
export function steadyClock(): Clock {
  const start = Date.now() - performance.now();
  return () => Math.floor(start + performance.now());
}
