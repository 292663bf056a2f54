import type { LiveStep } from "#lib/api/plans/live-progress.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { ResetResult } from "#lib/api/resets.ts";
import type { EpochMs } from "#lib/core/time.ts";

/**
 * A partition's result, and why. `isVerified`: a processor went on from the target, or none was there. If
 * false, no further wave begins.
 */
export interface LiveEnd {
  result: Exclude<ResetResult, "pending">;
  reason: Reason | null;
  isVerified: boolean;
}

/** The blob that a write replaces, by its etag; null: there is none. */
export interface Base {
  etag: string | null;
  sequenceNumber: number | null;
}

interface Claim {
  etag: string;
  renewedAt: EpochMs;
}

/**
 * Why a partition is broken off. `isHurried`: the dashboard is being stopped. `isSettled`: the result is known, whatever
 * the blob holds later.
 */
interface Broken {
  result: LiveEnd["result"];
  reason: Reason;
  isHurried: boolean;
  isSettled?: boolean;
}

interface ObservedOwner {
  ownerId: string;
  seenAt: EpochMs;
}

/** A checkpoint that proves no progress from the target. `by`: a writer that can't have begun there, empty without a name. */
interface Jump {
  sequenceNumber: number;
  seenAt: EpochMs;
  by: string | null;
}

/**
 * The last checkpoint that stood over ours: so many `times` in a row at this place. `by`: the writer that the blob
 * names; null: it names none (only .NET does).
 */
export interface Overwrite {
  sequenceNumber: number | null;
  times: number;
  by: string | null;
}

/**
 * Every step has these. Times are this machine's. `ownerId`: ours, for this partition alone. `target`: the
 * checkpoint that is written, after which reading goes on. `hasUnread`: events follow the target, so whoever
 * returns will move the checkpoint. `isForward`: the target was not behind the group at the review; a group that
 * passes it by itself is left alone. `isAhead`: it was before the target then.
 */
interface About {
  since: EpochMs;
  wave: number;
  ownerId: string;
  target: number;
  hasUnread: boolean;
  isForward?: boolean;
  isAhead?: boolean;
}

/**
 * `deadline`: the partition is broken off then. `heldOff`: the owner before the claim; null: nobody.
 * `hasStood`: our checkpoint has surely stood in the blob. `highest`: the old processor's furthest observed
 * checkpoint.
 */
interface Begun extends About {
  deadline: EpochMs;
  heldOff: string | null;
  ownerLevel: number;
  fencedAt: EpochMs | null;
  hasStood: boolean;
  highest: number | null;
  rewrites: number;
  /** Absent in what an earlier version stored. */
  overwrite?: Overwrite | null;
  retakes: number;
}

interface Held extends Begun {
  claim: Claim;
  isRenewing: boolean;
}

/**
 * `streamEnd`: the last event when the fence attached; nobody thrown out has received a later one; null: not
 * known. Observations requested before `looksFrom` are ignored: something was written since.
 */
interface Fenced extends Held {
  fence: "attached";
  streamEnd: number | null;
  looksFrom: EpochMs;
}

/**
 * What a step may leave under way. Breaking off must settle all of it.
 * - `claimDoubtUntil`: until then an unanswered claim may arrive and make the ownership ours.
 * - `leftLevel`: the fence ended without a detach, so the service may go on refusing lower levels.
 * - `wasCleared`: the fence was attached again in order to detach it properly.
 * - `awaiting`: the request that has no answer yet.
 * - `doubtUntil`: until then an unanswered write may arrive.
 * - `releasedEtag`: the released ownership; null: not released, or somebody else has it.
 */
export interface OpenEnds {
  claim: Claim | null;
  isRenewing: boolean;
  claimDoubtUntil: EpochMs | null;
  fence: "none" | "attaching" | "attached" | "closing" | "closed";
  leftLevel: boolean;
  wasCleared: boolean;
  awaiting: "claim" | "write" | "release" | null;
  base: Base | null;
  doubtUntil: EpochMs | null;
  releasedEtag: string | null;
}

type Ends<Key extends keyof OpenEnds> = Pick<OpenEnds, Key>;

export interface WaitingState extends About {
  step: "waiting";
}

export interface ClaimingState extends Begun, Ends<"claimDoubtUntil"> {
  step: "claiming";
  awaiting: "claim" | null;
  claimTries: number;
  retryAt: EpochMs | null;
}

export interface FencingState extends Held {
  step: "fencing";
  fence: "attaching" | "none";
}

export interface WritingState extends Fenced, Ends<"base" | "doubtUntil"> {
  step: "writing";
  awaiting: "write" | null;
}

export interface HoldingState extends Fenced {
  step: "holding";
  /** The last write, or the last observation that showed something else. */
  quietSince: EpochMs;
}

export interface ReleasingState extends Begun, Ends<"claim" | "isRenewing" | "leftLevel" | "wasCleared"> {
  step: "releasing";
  fence: "closing" | "closed";
  awaiting: "release" | null;
  streamEnd: number | null;
  retryAt: EpochMs | null;
}

export interface VerifyingState
  extends Begun,
    Ends<"leftLevel" | "wasCleared" | "base" | "doubtUntil" | "releasedEtag"> {
  step: "verifying";
  streamEnd: number | null;
  looksFrom: EpochMs;
  releasedAt: EpochMs;
  /** The moment from which somebody could claim it. */
  waitsFrom: EpochMs;
  owner: ObservedOwner | null;
  jump: Jump | null;
  /**
   * When the one held off was first seen past a target ahead, without an owner. Checkpoints and ownerships are two
   * listings: somebody may have claimed between them, so a later look decides.
   */
  passedAt?: EpochMs;
  broken: Broken | null;
}

export interface AbortingState extends Begun, OpenEnds {
  step: "aborting";
  fence: "none" | "closing" | "closed";
  broken: Broken;
  looksFrom: EpochMs;
  retryAt: EpochMs | null;
}

/**
 * Everything known about a partition. Null or false when its step does not know yet. `readFrom`: when its new
 * reader's first checkpoint was seen.
 */
export interface Known
  extends Pick<
    Begun,
    "heldOff" | "ownerLevel" | "fencedAt" | "hasStood" | "highest" | "rewrites" | "overwrite" | "retakes"
  > {
  streamEnd: number | null;
  releasedAt: EpochMs | null;
  leftLevel: boolean;
  owner: ObservedOwner | null;
  jump: Jump | null;
  resumedBy: string | null;
  readFrom: EpochMs | null;
  broken: Broken | null;
  end: LiveEnd | null;
}

export interface EndedState extends About, Known {
  step: "ended";
  end: LiveEnd;
}

export type HeldState = FencingState | WritingState | HoldingState;

export type ActiveState = ClaimingState | HeldState | ReleasingState | VerifyingState;

/** A live reset of one partition, by its step. JSON, so that it can be stored. */
export type LiveState = WaitingState | ActiveState | AbortingState | EndedState;

export type StateIn<Step extends LiveStep> = Extract<LiveState, { step: Step }>;

export const untouched = {
  heldOff: null,
  ownerLevel: 1,
  fencedAt: null,
  hasStood: false,
  highest: null,
  rewrites: 0,
  overwrite: null,
  retakes: 0,
};

const nothingKnown: Known = {
  ...untouched,
  streamEnd: null,
  releasedAt: null,
  leftLevel: false,
  owner: null,
  jump: null,
  resumedBy: null,
  readFrom: null,
  broken: null,
  end: null,
};

const nothingOpen: OpenEnds = {
  claim: null,
  isRenewing: false,
  claimDoubtUntil: null,
  fence: "none",
  leftLevel: false,
  wasCleared: false,
  awaiting: null,
  base: null,
  doubtUntil: null,
  releasedEtag: null,
};

export function initialState(about: Omit<WaitingState, "step" | "since">, now: EpochMs): WaitingState {
  const { wave, ownerId, target, hasUnread, isForward = false, isAhead = false } = about;
  return { step: "waiting", since: now, wave, ownerId, target, hasUnread, isForward, isAhead };
}

export function aboutOf(state: LiveState): About {
  const { since, wave, ownerId, target, hasUnread, isForward = false, isAhead = false } = state;
  return { since, wave, ownerId, target, hasUnread, isForward, isAhead };
}

export function begunOf(state: ActiveState | AbortingState): Begun {
  const { deadline, heldOff, ownerLevel, fencedAt, hasStood, highest, rewrites, retakes } = state;
  const known = { deadline, heldOff, ownerLevel, fencedAt, hasStood, highest, rewrites, retakes };
  return { ...aboutOf(state), ...known, overwrite: state.overwrite ?? null };
}

export function knownOf(state: LiveState): Known {
  const all: Known = { ...nothingKnown, ...state };
  const { heldOff, ownerLevel, fencedAt, hasStood, highest, rewrites, retakes, streamEnd, releasedAt } = all;
  const { leftLevel, owner, jump, resumedBy, readFrom, broken, end, overwrite = null } = all;
  const past = { heldOff, ownerLevel, fencedAt, hasStood, highest, rewrites, retakes, streamEnd, releasedAt };
  return { ...past, overwrite, leftLevel, owner, jump, resumedBy, readFrom, broken, end };
}

export function openEndsOf(state: LiveState): OpenEnds {
  const all: OpenEnds = { ...nothingOpen, ...state };
  const { claim, isRenewing, claimDoubtUntil, fence, leftLevel, wasCleared } = all;
  const { awaiting, base, doubtUntil, releasedEtag } = all;
  const writing = { awaiting, base, doubtUntil, releasedEtag };
  return { claim, isRenewing, claimDoubtUntil, fence, leftLevel, wasCleared, ...writing };
}
