import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { LiveStep, ResetResult } from "#lib/api/resets.ts";
import type { EpochMs } from "#lib/core/time.ts";

/** A partition's result, and why. */
export interface LiveEnd {
  result: Exclude<ResetResult, "pending">;
  reason: Reason | null;
  /** True when a processor went on from the target, or none was there. If false, no further wave begins. */
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

/** Why a partition is broken off. `isHurried`: the dashboard is being stopped. */
interface Broken {
  result: LiveEnd["result"];
  reason: Reason;
  isHurried: boolean;
}

interface ObservedOwner {
  ownerId: string;
  seenAt: EpochMs;
}

/** A checkpoint that proves no progress from the target. `by`: a writer that can't have begun there. */
interface Jump {
  sequenceNumber: number;
  seenAt: EpochMs;
  by: string | null;
}

/** Every step has these. Times are this machine's. */
interface About {
  since: EpochMs;
  wave: number;
  /** Our owner id, for this partition alone. */
  ownerId: string;
  /** The checkpoint that is written: reading goes on after it. */
  target: number;
  /** True when events follow the target, so that whoever returns will move the checkpoint. */
  hasUnread: boolean;
  /** True when the target was ahead at the review. A group that passes it by itself is left alone. */
  isForward?: boolean;
}

interface Begun extends About {
  /** Time limit: the partition is broken off then. */
  deadline: EpochMs;
  /** The owner before the claim. Null: nobody. */
  heldOff: string | null;
  ownerLevel: number;
  fencedAt: EpochMs | null;
  /** True once our checkpoint has surely stood in the blob. */
  hasStood: boolean;
  /** The old processor's furthest observed checkpoint. */
  highest: number | null;
  rewrites: number;
  retakes: number;
}

interface Held extends Begun {
  claim: Claim;
  isRenewing: boolean;
}

interface Fenced extends Held {
  fence: "attached";
  /** The last event when the fence attached. Nobody thrown out has received a later one. Null: not known. */
  streamEnd: number | null;
  /** Observations requested before this moment are ignored: something was written since. */
  looksFrom: EpochMs;
}

/** What a step may leave under way. Breaking off must settle all of it. */
export interface OpenEnds {
  claim: Claim | null;
  isRenewing: boolean;
  /** Until then an unanswered claim may arrive and make the ownership ours. */
  claimDoubtUntil: EpochMs | null;
  fence: "none" | "attaching" | "attached" | "closing" | "closed";
  /** True when the fence ended without a detach: the service may go on refusing lower levels. */
  leftLevel: boolean;
  /** True when the fence was attached again in order to detach it properly. */
  wasCleared: boolean;
  /** The request that has no answer yet. */
  awaiting: "claim" | "write" | "release" | null;
  base: Base | null;
  /** Until then an unanswered write may arrive. */
  doubtUntil: EpochMs | null;
  /** The released ownership. Null: not released, or somebody else has it. */
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
  broken: Broken | null;
}

export interface AbortingState extends Begun, OpenEnds {
  step: "aborting";
  fence: "none" | "closing" | "closed";
  broken: Broken;
  looksFrom: EpochMs;
  retryAt: EpochMs | null;
}

/** Everything known about a partition. Null or false when its step does not know yet. */
export interface Known
  extends Pick<
    Begun,
    "heldOff" | "ownerLevel" | "fencedAt" | "hasStood" | "highest" | "rewrites" | "retakes"
  > {
  streamEnd: number | null;
  releasedAt: EpochMs | null;
  leftLevel: boolean;
  owner: ObservedOwner | null;
  jump: Jump | null;
  resumedBy: string | null;
  /** When its new reader's first checkpoint was seen. */
  readFrom: EpochMs | null;
  broken: Broken | null;
  end: LiveEnd | null;
}

export interface EndedState extends About, Known {
  step: "ended";
  end: LiveEnd;
}

export type HeldState = FencingState | WritingState | HoldingState;

/** Steps that can be broken off. */
export type ActiveState = ClaimingState | HeldState | ReleasingState | VerifyingState;

/** A live reset of one partition, by its step. JSON, so that it can be stored. */
export type LiveState = WaitingState | ActiveState | AbortingState | EndedState;

export type StateIn<Step extends LiveStep> = Extract<LiveState, { step: Step }>;

/** Returns the state of an untouched partition. */
export const untouched = {
  heldOff: null,
  ownerLevel: 1,
  fencedAt: null,
  hasStood: false,
  highest: null,
  rewrites: 0,
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

export function initialState(
  { wave, ownerId, target, hasUnread, isForward }: Omit<WaitingState, "step" | "since">,
  now: EpochMs,
): WaitingState {
  return { step: "waiting", since: now, wave, ownerId, target, hasUnread, isForward: isForward ?? false };
}

export function aboutOf({ since, wave, ownerId, target, hasUnread, isForward }: LiveState): About {
  return { since, wave, ownerId, target, hasUnread, isForward: isForward ?? false };
}

/** Returns what every step carries on. */
export function begunOf(state: ActiveState | AbortingState): Begun {
  const { deadline, heldOff, ownerLevel, fencedAt, hasStood, highest, rewrites, retakes } = state;
  const known = { deadline, heldOff, ownerLevel, fencedAt, hasStood, highest, rewrites, retakes };
  return { ...aboutOf(state), ...known };
}

export function knownOf(state: LiveState): Known {
  const all: Known = { ...nothingKnown, ...state };
  const { heldOff, ownerLevel, fencedAt, hasStood, highest, rewrites, retakes, streamEnd, releasedAt } = all;
  const { leftLevel, owner, jump, resumedBy, readFrom, broken, end } = all;
  const past = { heldOff, ownerLevel, fencedAt, hasStood, highest, rewrites, retakes, streamEnd, releasedAt };
  return { ...past, leftLevel, owner, jump, resumedBy, readFrom, broken, end };
}

export function openEndsOf(state: LiveState): OpenEnds {
  const all: OpenEnds = { ...nothingOpen, ...state };
  const { claim, isRenewing, claimDoubtUntil, fence, leftLevel, wasCleared } = all;
  const { awaiting, base, doubtUntil, releasedEtag } = all;
  const writing = { awaiting, base, doubtUntil, releasedEtag };
  return { claim, isRenewing, claimDoubtUntil, fence, leftLevel, wasCleared, ...writing };
}
