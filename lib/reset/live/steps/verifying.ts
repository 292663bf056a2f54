import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { joined, reason } from "#lib/api/reasons/reason.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import { toIso } from "#lib/core/time.ts";
import { isPast } from "#lib/reset/group/is-past.ts";
import {
  begunOf,
  type ClaimingState,
  type Known,
  knownOf,
  type LiveEnd,
  type VerifyingState,
} from "#lib/reset/live/state.ts";
import { finish, go, highestOf, type Row, type Turn, type TurnContext, turn } from "#lib/reset/live/turn.ts";
import { isProgress, openQuestion, strangerIn, wasSeenToResume } from "#lib/reset/live/watch/judge-return.ts";
import type { PartitionObservation } from "#lib/reset/live/watch/signals.ts";
import { breakOff, withLevel } from "./break-off.ts";
import { firstTry } from "./claiming.ts";
import { overwritten } from "./overwritten.ts";
import { storedPast } from "./passed.ts";

function ended(state: VerifyingState, now: number, end: LiveEnd, seen: Partial<Known> = {}): Turn {
  const { broken } = state;
  const because = joined([broken?.reason ?? null, end.reason]);
  // Nobody was refused who was seen to resume.
  const isBack = end.result === "written" && wasSeenToResume({ ...knownOf(state), ...seen });
  const why = isBack ? because : withLevel(state, because);
  return finish(state, now, { ...end, reason: why, isVerified: end.isVerified && broken === null }, seen);
}

function standing(
  state: VerifyingState,
  { othersHeld }: PartitionObservation,
  { now, limits }: TurnContext,
): Turn {
  const { owner, heldOff, hasUnread, waitsFrom } = state;
  if (owner === null) {
    if (othersHeld) return turn(state, { jump: null, waitsFrom: now });
    if (now - waitsFrom < limits.ownerMs) return turn(state, { jump: null });
    const why = reason("nobodyClaimed", { heldOff, hasUnread });
    return ended(state, now, { result: "written", reason: why, isVerified: heldOff === null });
  }
  // No events follow the target, so no checkpoint will come.
  if (!hasUnread) {
    const verified: LiveEnd = { result: "written", reason: null, isVerified: true };
    return ended(state, now, verified, { readFrom: owner.seenAt });
  }
  if (now - owner.seenAt < limits.moveMs) return turn(state, { jump: null });
  const why = reason("startsFromTarget", {
    ownerId: owner.ownerId,
    targetSequenceNumber: state.target,
    ownedSince: toIso(owner.seenAt),
  });
  return ended(state, now, { result: "written", reason: why, isVerified: true });
}

function suspect(
  state: VerifyingState,
  observation: PartitionObservation,
  { now, limits }: TurnContext,
): Turn {
  const sequenceNumber = observation.checkpoint?.sequenceNumber ?? null;
  const by = strangerIn(state, observation);
  const jump = state.jump ?? { sequenceNumber: sequenceNumber ?? -1, seenAt: now, by };
  if (now - jump.seenAt < limits.jumpMs) return turn(state, { jump });
  const readFrom = jump.by === null && state.owner !== null ? jump.seenAt : null;
  const told = (result: LiveEnd["result"], why: Reason) =>
    ended(state, now, { result, reason: why, isVerified: false }, { readFrom });
  if (sequenceNumber === null) return told("overwritten", reason("deletedAfterRelease"));
  if (sequenceNumber > state.target && jump.by === null) {
    return told("unknown", openQuestion({ ...state, jump }));
  }
  const writer = (jump.by ?? state.owner?.ownerId) || null;
  const was = { writer, sequenceNumber, formerSequenceNumber: state.highest };
  return told("overwritten", reason("wentOnFromOld", was));
}

const observed: Row<"verifying">["observed"] = (before, { observation }, context) => {
  if (observation.askedAt < before.looksFrom) return turn(before, {});
  const { now, limits } = context;
  const { checkpoint, ownership } = observation;
  const state: VerifyingState = {
    ...before,
    hasStood: before.hasStood || checkpoint?.isOurs === true,
    owner: ownerIn(before, observation, now),
  };
  if (!state.hasStood) return doubted(state, observation, context);
  const standsAt = checkpoint?.sequenceNumber ?? null;
  const isUnowned = state.owner === null && ownership !== null && ownership.etag === state.releasedEtag;
  // Whoever goes on from the target claims before it stores; a reader that claims nothing was never held off.
  const isForeign = checkpoint?.isOurs !== true && !isOwnWrite(checkpoint?.writtenBy ?? null);
  const isByHeldOff = isUnowned && state.heldOff !== null && isForeign;
  if (isByHeldOff && isPast(state, standsAt)) {
    const { passedAt = null } = state;
    if (passedAt === null || observation.askedAt < passedAt)
      return state.broken?.isHurried
        ? hurried(state, standsAt, now)
        : turn(state, { passedAt: passedAt ?? now });
    const why = storedPast(state, standsAt);
    return ended(state, now, { result: "overwritten", reason: why, isVerified: true });
  }
  if (checkpoint?.isOurs || (standsAt !== null && standsAt === state.target)) {
    if (!state.broken?.isHurried) return standing(state, observation, context);
    return ended(state, now, { result: "written", reason: reason("stoodAtLast"), isVerified: false });
  }
  if (isOwnWrite(checkpoint?.writtenBy ?? null)) {
    const why = reason("writtenByLaterReset");
    return ended(state, now, { result: "written", reason: why, isVerified: false });
  }
  if (standsAt !== null && isProgress(state, standsAt)) {
    const resumedBy = state.owner?.ownerId ?? null;
    const verified: LiveEnd = { result: "written", reason: null, isVerified: true };
    return ended(state, now, verified, { resumedBy, readFrom: now });
  }
  if (isUnclaimed(state))
    return state.broken?.isHurried ? hurried(state, standsAt, now) : unclaimed(state, standsAt, now);
  if (isUnowned && state.broken === null && now < state.deadline && state.retakes < limits.retakes) {
    return retake(state, observation, now);
  }
  return state.broken?.isHurried ? hurried(state, standsAt, now) : suspect(state, observation, context);
};

function retake(state: VerifyingState, observation: PartitionObservation, now: number): Turn<ClaimingState> {
  const standsAt = observation.checkpoint?.sequenceNumber ?? null;
  return go<ClaimingState>(
    {
      ...begunOf(state),
      step: "claiming",
      retakes: state.retakes + 1,
      ...overwritten(state, observation),
      highest: highestOf(state.highest, standsAt),
      ...firstTry,
    },
    now,
    { do: "claim" },
  );
}

function hurried(state: VerifyingState, standsAt: number | null, now: number): Turn {
  const why = reason("writtenSince", { found: standsAt ?? "unreadable" });
  return ended(state, now, { result: "unknown", reason: why, isVerified: false });
}

/** True when a reader without load balancing writes: nobody owned or claimed the partition. */
function isUnclaimed({ heldOff, owner }: VerifyingState): boolean {
  return heldOff === null && owner === null;
}

/**
 * Judges the first checkpoint of a reader that claims nothing and comes back by itself within a second. The
 * reader goes on from where it was thrown out, so taking the partition once more would only throw it out
 * again.
 */
function unclaimed(state: VerifyingState, standsAt: number | null, now: number): Turn {
  const { target, highest } = state;
  const told = (result: LiveEnd["result"], why: Reason | null): Turn => {
    const isVerified = result === "written";
    return ended(state, now, { result, reason: why, isVerified }, { readFrom: isVerified ? now : null });
  };
  if (standsAt === null) return told("overwritten", reason("deletedAfterRelease"));
  if (standsAt < target) {
    const was = { writer: null, sequenceNumber: standsAt, formerSequenceNumber: highest };
    return told("overwritten", reason("wentOnFromOld", was));
  }
  if (highest === null || target >= highest || standsAt < highest) return told("written", null);
  const jump = { sequenceNumber: standsAt, seenAt: now, by: null };
  return told("unknown", openQuestion({ ...state, jump }));
}

function ownerIn(
  { owner, ownerId }: VerifyingState,
  { ownership }: PartitionObservation,
  now: number,
): VerifyingState["owner"] {
  const holder = ownership?.ownerId ?? "";
  if (holder === "" || holder === ownerId) return owner;
  return owner?.ownerId === holder ? owner : { ownerId: holder, seenAt: owner?.seenAt ?? now };
}

function doubted(state: VerifyingState, { checkpoint }: PartitionObservation, { now }: TurnContext): Turn {
  const { broken, base, doubtUntil } = state;
  if (doubtUntil !== null && now < doubtUntil && !broken?.isHurried) return turn(state, {});
  const isUnmoved = (checkpoint?.etag ?? null) === (base?.etag ?? null);
  const isCertain = doubtUntil === null || now >= doubtUntil;
  if (isUnmoved && isCertain) {
    const result = broken?.result ?? "failed";
    return ended(state, now, { result, reason: reason("neverWritten"), isVerified: false });
  }
  return ended(state, now, { result: "unknown", reason: reason("stoodUnknown"), isVerified: false });
}

export const verifying: Row<"verifying"> = {
  observed,
  tick: (state, _, { now, limits }) => {
    const limitMs = state.broken?.isHurried
      ? limits.hurryMs
      : limits.ownerMs + limits.moveMs + limits.jumpMs + limits.doubtMs;
    if (now - state.waitsFrom < limitMs) return turn(state, {});
    return ended(state, now, { result: "unknown", reason: reason("notLookedAt"), isVerified: false });
  },
  fenceLost: (state) => turn(state, {}),
  closed: (state) => turn(state, {}),
  breakOff: (state, { reason: why, isHurried }, context) =>
    state.broken !== null && !isHurried
      ? turn(state, {})
      : breakOff(state, context, { result: state.broken?.result ?? "failed", reason: why, isHurried }),
};
