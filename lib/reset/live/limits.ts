import { type LiveSettings, quietSecondsOf, type WorkPace } from "#lib/reset/group/live-pace.ts";

/**
 * Every interval and limit of a live reset, in milliseconds, so that tests can be short.
 * - `renewMs`: between two renewals of a claim, at most 5 s (lib/reset/README.md#live).
 * - `claimRounds`: tries for a claim when somebody else is quicker.
 * - `quietMs`: without an overwrite before the partition is released.
 * - `overallMs`: from the claim on, until the partition is broken off.
 * - `ownerMs`, `moveMs`: to wait for an owner, and for its first checkpoint.
 * - `jumpMs`: in which the processor itself may still correct a checkpoint that isn't from our target.
 * - `retakes`: times to take a partition again if it was overwritten before anybody owned it.
 * - `doubtMs`: after this, a write without an answer can't arrive any more.
 * - `hurryMs`: for which a stopping dashboard waits for a last observation.
 * - `observeMs`: between two observations of the blobs; `closeObserveMs`: while waiting for a reader to
 *   return.
 * - `keenMs`: of looking closely, every `keenObserveMs`, after the release and after a reader returned: a
 *   quick one stores several times.
 */
export interface LiveLimits {
  renewMs: number;
  claimRounds: number;
  claimPauseMs: number;
  quietMs: number;
  overallMs: number;
  releaseMs: number;
  ownerMs: number;
  moveMs: number;
  jumpMs: number;
  retakes: number;
  doubtMs: number;
  hurryMs: number;
  observeMs: number;
  closeObserveMs: number;
  keenMs: number;
  keenObserveMs: number;
}

export interface LiveRunnerOptions {
  settings: LiveSettings;
  /** For tests: replaces what follows from the settings. */
  limits?: Partial<LiveLimits>;
}

/**
 * The observed pace of the group's processors. An owner that hasn't renewed for `expirationSeconds` counts as
 * gone.
 */
export interface GroupPace extends WorkPace {
  expirationSeconds: number;
}

const marginMs = 10_000;

export function limitsOf(settings: LiveSettings, pace: GroupPace): LiveLimits {
  const quietMs = quietSecondsOf(settings.leastQuietSeconds, pace) * 1000;
  return {
    renewMs: 4_000,
    claimRounds: 10,
    claimPauseMs: 400,
    quietMs,
    // The reader drains a local queue of several batches, and each starts the quiet time again.
    overallMs: Math.max(settings.overallSeconds * 1000, 4 * quietMs),
    releaseMs: 30_000,
    // Some processors take a partition that was given back only once the claim has expired.
    ownerMs: pace.expirationSeconds * 1000 + marginMs,
    moveMs: quietMs + marginMs,
    jumpMs: quietMs,
    retakes: 2,
    doubtMs: 5_500,
    hurryMs: 3_000,
    observeMs: 500,
    closeObserveMs: 150,
    keenMs: 5_000,
    keenObserveMs: 30,
  };
}
