import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { LiveStep, ResetResult } from "#lib/api/resets.ts";
import type { EpochMs } from "#lib/core/time.ts";

/** What comes of a partition, and why. */
export interface LiveEnd {
  result: Exclude<ResetResult, "pending">;
  reason: Reason | null;
  /** A processor was seen to go on from the target, or nobody was there to do so. Else the rest is left alone. */
  isVerified: boolean;
}

/** What the next write replaces: a blob as it was seen, by its etag; null: there is none. */
export interface Base {
  etag: string | null;
  sequenceNumber: number | null;
}

/** A live reset of one partition. JSON, so that it can be stored; times are this machine's. */
export interface LiveState {
  step: LiveStep;
  since: EpochMs;
  wave: number;
  /** Ours, for this partition alone. */
  ownerId: string;
  /** The checkpoint that is written: reading goes on after it. */
  target: number;
  /** Events after the target are in the stream, so that whoever comes back will move the checkpoint. */
  hasUnread: boolean;
  /** Nothing was to be read again: who has gone past the target by then is left alone. */
  isForward?: boolean;
  /** When it is broken off whatever happens; null: it has not begun. */
  deadline: EpochMs | null;

  /** Our ownership; null: we hold none. */
  claim: { etag: string; renewedAt: EpochMs } | null;
  claimTries: number;
  /** A claim whose answer was lost may arrive until then, so the ownership may be ours without our knowing. */
  claimDoubtUntil: EpochMs | null;
  isRenewing: boolean;
  /** Who owned the partition; null: nobody. */
  heldOff: string | null;

  ownerLevel: number;
  fence: "none" | "attaching" | "attached" | "closing" | "closed";
  fencedAt: EpochMs | null;
  /** The last event once the fence stood: nobody it threw out was given a later one. Null: not known. */
  streamEnd: number | null;
  /** It ended without a detach: the service may go on refusing lower levels. */
  leftLevel: boolean;
  /** It was attached once more to be detached in good order. */
  wasCleared: boolean;

  /** A claim, a write or a release whose answer is awaited. */
  awaiting: "claim" | "write" | "release" | null;
  /** What the write that is about to be made replaces. */
  base: Base | null;
  /** Our checkpoint is known to have stood there. */
  hasStood: boolean;
  /** A write whose answer was lost may arrive until then. */
  doubtUntil: EpochMs | null;
  /** The last write, or the last look that showed something else. */
  quietSince: EpochMs | null;
  /** Looks that began before are of no use: something was written since. */
  looksFrom: EpochMs;
  /** The furthest place of the old processor that was seen. */
  highest: number | null;
  rewrites: number;

  /** The ownership as it was given back; null: somebody else has it already. */
  releasedEtag: string | null;
  releasedAt: EpochMs | null;
  /** Since when somebody could have claimed it. */
  waitsFrom: EpochMs | null;
  retryAt: EpochMs | null;
  retakes: number;
  owner: { ownerId: string; seenAt: EpochMs } | null;
  /** A checkpoint that does not look like one that began at the target. `by`: its writer, if it can't have. */
  jump: { sequenceNumber: number; seenAt: EpochMs; by: string | null } | null;
  resumedBy: string | null;
  /** When the partition was seen to have a reader again, by its first checkpoint; null or missing: it was not. */
  readFrom?: EpochMs | null;

  /** Why it is broken off; null: it is not. */
  broken: { result: LiveEnd["result"]; reason: Reason; isHurried: boolean } | null;
  end: LiveEnd | null;
}

export function initialState(
  about: Pick<LiveState, "wave" | "ownerId" | "target" | "hasUnread" | "isForward">,
  now: EpochMs,
): LiveState {
  return {
    ...about,
    step: "waiting",
    since: now,
    deadline: null,
    claim: null,
    claimTries: 0,
    claimDoubtUntil: null,
    isRenewing: false,
    heldOff: null,
    ownerLevel: 1,
    fence: "none",
    fencedAt: null,
    streamEnd: null,
    leftLevel: false,
    wasCleared: false,
    awaiting: null,
    base: null,
    hasStood: false,
    doubtUntil: null,
    quietSince: null,
    looksFrom: 0,
    highest: null,
    rewrites: 0,
    releasedEtag: null,
    releasedAt: null,
    waitsFrom: null,
    retryAt: null,
    retakes: 0,
    owner: null,
    jump: null,
    resumedBy: null,
    broken: null,
    end: null,
  };
}
