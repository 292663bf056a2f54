import { type LiveSettings, quietSecondsOf, type WorkPace } from "#lib/reset/group/live-pace.ts";

/** Every interval and limit of a live reset, in milliseconds, so that tests can be short. */
export interface LiveLimits {
  /** A claim is renewed after so long; 5 s at most (lib/reset/README.md#live). */
  renewMs: number;
  /** How often a claim is tried where somebody else is quicker. */
  claimRounds: number;
  claimPauseMs: number;
  /** So long nothing may be written over it before the partition is given back. */
  quietMs: number;
  /** From the claim on; then it is broken off. */
  overallMs: number;
  /** How long giving an ownership back is tried. */
  releaseMs: number;
  /** How long an owner is waited for. */
  ownerMs: number;
  /** How long the owner's first checkpoint is waited for. */
  moveMs: number;
  /** So long a checkpoint that can't be one of ours may still be put right by the processor itself. */
  jumpMs: number;
  /** How often a partition that was written over before anybody owned it is taken again. */
  retakes: number;
  /** After so long a write whose answer was lost does not arrive any more. */
  doubtMs: number;
  /** A dashboard that is being stopped waits so long for a last look. */
  hurryMs: number;
  /** Between two looks at the blobs. */
  lookMs: number;
  /** The same while it is waited for who comes back. */
  closeLookMs: number;
  /** The same so long after it was given back, and after somebody came: quick ones store several times in it. */
  keenMs: number;
  keenLookMs: number;
}

export interface LiveRunnerOptions {
  settings: LiveSettings;
  /** For tests: in place of what follows from the settings. */
  limits?: Partial<LiveLimits>;
}

/** What is known of the group's processors. */
export interface GroupPace extends WorkPace {
  /** After which an owner counts as gone. */
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
    // A local queue of several batches is drained, each of which starts the clock again.
    overallMs: Math.max(settings.overallSeconds * 1000, 4 * quietMs),
    releaseMs: 30_000,
    // Some processors take a partition that was given back only once the claim has expired.
    ownerMs: pace.expirationSeconds * 1000 + marginMs,
    moveMs: quietMs + marginMs,
    jumpMs: quietMs,
    retakes: 2,
    doubtMs: 5_500,
    hurryMs: 3_000,
    lookMs: 500,
    closeLookMs: 150,
    keenMs: 5_000,
    keenLookMs: 30,
  };
}
