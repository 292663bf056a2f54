import type {
  EndedState,
  FencingState,
  HoldingState,
  LiveState,
  ReleasingState,
  VerifyingState,
  WaitingState,
} from "#lib/reset/live/state.ts";
import { finish } from "#lib/reset/live/turn.ts";

const about = { since: 0, wave: 1, ownerId: "tidemark-own", target: 499, hasUnread: true, isForward: false };
const begun = {
  ...about,
  deadline: 900_000,
  heldOff: null,
  ownerLevel: 1,
  fencedAt: null,
  hasStood: false,
  highest: null,
  rewrites: 0,
  retakes: 0,
};
const claim = { etag: "1", renewedAt: 0 };
const held = { ...begun, claim, isRenewing: false };

export function fencing(over: Partial<FencingState> = {}): FencingState {
  return { ...held, step: "fencing", fence: "attaching", ...over };
}

export function holding(over: Partial<HoldingState> = {}): HoldingState {
  const fenced = { ...held, fence: "attached" as const, streamEnd: null, looksFrom: 0, hasStood: true };
  return { ...fenced, step: "holding", quietSince: 0, ...over };
}

export function releasing(over: Partial<ReleasingState> = {}): ReleasingState {
  return {
    ...held,
    step: "releasing",
    hasStood: true,
    fence: "closing",
    leftLevel: false,
    wasCleared: false,
    awaiting: null,
    streamEnd: null,
    retryAt: null,
    ...over,
  };
}

export function verifying(over: Partial<VerifyingState> = {}): VerifyingState {
  return {
    ...begun,
    step: "verifying",
    hasStood: true,
    leftLevel: false,
    wasCleared: false,
    base: null,
    doubtUntil: null,
    streamEnd: null,
    looksFrom: 0,
    releasedEtag: null,
    releasedAt: 0,
    waitsFrom: 0,
    owner: null,
    jump: null,
    broken: null,
    ...over,
  };
}

export function ended(over: Partial<EndedState> = {}): EndedState {
  const waiting: WaitingState = { ...about, step: "waiting" };
  const end = { result: "written" as const, reason: null, isVerified: true };
  return { ...finish(waiting, 0, end).state, ...over };
}

/** @throws if it has not come to its end */
export function endOf(state: LiveState, log: readonly string[] = []): EndedState {
  if (state.step === "ended") return state;
  throw new Error(`The partition is still ${state.step}.\n${log.join("\n")}`);
}
