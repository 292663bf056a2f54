import { type LiveSettings, quietSecondsOf, type WorkPace } from "#lib/reset/group/live-pace.ts";

/** Every interval and limit of a live reset, in milliseconds, so that tests can be short. */
export interface LiveLimits {
  /** Time between two renewals of a claim, at most 5 s (lib/reset/README.md#live). */
  renewMs: number;
  /** Tries for a claim when somebody else is quicker. */
  claimRounds: number;
  claimPauseMs: number;
  /** Time without an overwrite before the partition is released. */
  quietMs: number;
  /** Time limit from the claim on. Then the partition is broken off. */
  overallMs: number;
  /** Time limit for releasing an ownership. */
  releaseMs: number;
  /** Time to wait for an owner. */
  ownerMs: number;
  /** Time to wait for the owner's first checkpoint. */
  moveMs: number;
  /** Time in which the processor itself may still correct a checkpoint that isn't from our target. */
  jumpMs: number;
  /** Times to take a partition again if it was overwritten before anybody owned it. */
  retakes: number;
  /** After this time, a write without an answer can't arrive any more. */
  doubtMs: number;
  /** Time that a stopping dashboard waits for a last observation. */
  hurryMs: number;
  /** Time between two observations of the blobs. */
  observeMs: number;
  /** The same while waiting for a reader to return. */
  closeObserveMs: number;
  /** Looks closely for this long after the release and after a reader returned: a quick one stores several times. */
  keenMs: number;
  keenObserveMs: number;
}

export interface LiveRunnerOptions {
  settings: LiveSettings;
  /** For tests: replaces what follows from the settings. */
  limits?: Partial<LiveLimits>;
}

/** The observed pace of the group's processors. */
export interface GroupPace extends WorkPace {
  /** An owner that hasn't renewed for this long counts as gone. */
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
