import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { joined, reason } from "#lib/api/reasons/reason.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import type { LiveEnd, LiveState } from "#lib/reset/live/state.ts";
import {
  type Cell,
  finish,
  go,
  highestOf,
  type Row,
  type Turn,
  type TurnContext,
  turn,
} from "#lib/reset/live/turn.ts";
import { isProgress, openQuestion, strangerIn } from "#lib/reset/live/watch/judge-return.ts";
import type { Sighting } from "#lib/reset/live/watch/signals.ts";
import { breakOff, withLevel } from "./break-off.ts";

const releaseRetryMs = 1_000;

function release(state: LiveState, { now }: TurnContext): Turn {
  if (state.fence !== "closed" || state.isRenewing || state.awaiting !== null) return turn(state, {});
  if (state.retryAt !== null && now < state.retryAt) return turn(state, {});
  if (state.claim === null) return verify(state, now, null);
  const { etag } = state.claim;
  return turn(state, { awaiting: "release", retryAt: null }, { do: "release", etag });
}

function verify(state: LiveState, now: number, releasedEtag: string | null): Turn {
  return go(
    state,
    "verifying",
    now,
    {
      awaiting: null,
      claim: null,
      releasedEtag,
      releasedAt: now,
      waitsFrom: now,
      looksFrom: now,
      owner: null,
      jump: null,
    },
    { do: "look" },
  );
}

export const releasing: Row = {
  tick: (state, _, context) => release(state, context),
  closed: (state, { isClean }, context) => {
    const { ownerLevel } = state;
    if (!isClean && !state.wasCleared) {
      return turn(state, { leftLevel: true, wasCleared: true }, { do: "clearLevel", ownerLevel });
    }
    return release(turn(state, { fence: "closed", leftLevel: !isClean }).state, context);
  },
  fenceLost: (state) => turn(state, {}),
  renewed: (state, { etag }, context) =>
    release(turn(state, { isRenewing: false, claim: { etag, renewedAt: context.now } }).state, context),
  renewFailed: (state, _, context) => release(turn(state, { isRenewing: false }).state, context),
  // Whoever has it read the new checkpoint, which was quiet: the same as having given it back.
  ousted: (state, _, context) =>
    release(turn(state, { isRenewing: false, claim: null, awaiting: null }).state, context),
  released: (state, { etag }, { now }) => verify(state, now, etag),
  releaseFailed: (state, _, { now, limits }) =>
    now - state.since < limits.releaseMs
      ? turn(state, { awaiting: null, retryAt: now + releaseRetryMs })
      : verify(state, now, null),
};

function ended(state: LiveState, now: number, end: LiveEnd): Turn {
  const { broken } = state;
  const why = withLevel(state, joined([broken?.reason ?? null, end.reason]));
  return finish(state, now, { ...end, reason: why, isVerified: end.isVerified && broken === null });
}

function standing(state: LiveState, { othersHeld }: Sighting, { now, limits }: TurnContext): Turn {
  const { owner, heldOff, waitsFrom } = state;
  if (owner === null) {
    if (othersHeld) return turn(state, { jump: null, waitsFrom: now });
    if (now - (waitsFrom ?? now) < limits.ownerMs) return turn(state, { jump: null });
    const why = reason("nobodyClaimed", { heldOff });
    return ended(state, now, { result: "written", reason: why, isVerified: heldOff === null });
  }
  // No checkpoint is to come: whoever owns it reads.
  if (!state.hasUnread) {
    const read = { ...state, readFrom: owner.seenAt };
    return ended(read, now, { result: "written", reason: null, isVerified: true });
  }
  if (now - owner.seenAt < limits.moveMs) return turn(state, { jump: null });
  const why = reason("startsFromTarget", { ownerId: owner.ownerId });
  return ended(state, now, { result: "written", reason: why, isVerified: true });
}

/** Somebody wrote a checkpoint that is no proof of progress from the target. */
function suspect(before: LiveState, sighting: Sighting, { now, limits }: TurnContext): Turn {
  const sequenceNumber = sighting.checkpoint?.sequenceNumber ?? null;
  const by = strangerIn(before, sighting);
  const jump = before.jump ?? { sequenceNumber: sequenceNumber ?? -1, seenAt: now, by };
  if (now - jump.seenAt < limits.jumpMs) return turn(before, { jump });
  const state = { ...before, readFrom: jump.by === null && before.owner !== null ? jump.seenAt : null };
  if (sequenceNumber === null) {
    const why = reason("deletedAfterRelease");
    return ended(state, now, { result: "overwritten", reason: why, isVerified: false });
  }
  if (sequenceNumber > state.target && jump.by === null) {
    const why = openQuestion({ ...state, jump });
    return ended(state, now, { result: "unknown", reason: why, isVerified: false });
  }
  const writer = jump.by ?? state.owner?.ownerId ?? null;
  const why = reason("wentOnFromOld", { writer, sequenceNumber, formerSequenceNumber: state.highest });
  return ended(state, now, { result: "overwritten", reason: why, isVerified: false });
}

const seen: Cell<"seen"> = (before, { sighting }, context) => {
  if (sighting.askedAt < before.looksFrom) return turn(before, {});
  const { now, limits } = context;
  const { checkpoint, ownership } = sighting;
  const state = turn(before, {
    hasStood: before.hasStood || checkpoint?.isOurs === true,
    owner: ownerIn(before, sighting, now),
  }).state;
  if (!state.hasStood) return doubted(state, sighting, context);
  const standsAt = checkpoint?.sequenceNumber ?? null;
  if (checkpoint?.isOurs || (standsAt !== null && standsAt === state.target)) {
    if (!state.broken?.isHurried) return standing(state, sighting, context);
    return ended(state, now, { result: "written", reason: reason("stoodAtLast"), isVerified: false });
  }
  if (isOwnWrite(checkpoint?.writtenBy ?? null)) {
    const why = reason("writtenByLaterReset");
    return ended(state, now, { result: "written", reason: why, isVerified: false });
  }
  if (standsAt !== null && isProgress(state, standsAt)) {
    const resumedBy = state.owner?.ownerId ?? null;
    const read = { ...state, resumedBy, readFrom: now };
    return ended(read, now, { result: "written", reason: null, isVerified: true });
  }
  if (isUnclaimed(state))
    return state.broken?.isHurried ? hurried(state, standsAt, now) : unclaimed(state, standsAt, now);
  const isUnowned = state.owner === null && ownership !== null && ownership.etag === state.releasedEtag;
  const isInTime = state.deadline === null || now < state.deadline;
  if (isUnowned && state.broken === null && isInTime && state.retakes < limits.retakes) {
    return go(
      state,
      "claiming",
      now,
      {
        fence: "none",
        streamEnd: null,
        leftLevel: false,
        wasCleared: false,
        releasedEtag: null,
        releasedAt: null,
        waitsFrom: null,
        jump: null,
        retakes: state.retakes + 1,
        rewrites: state.rewrites + 1,
        highest: highestOf(state.highest, standsAt),
        awaiting: "claim",
        claimTries: 1,
      },
      { do: "claim" },
    );
  }
  return state.broken?.isHurried ? hurried(state, standsAt, now) : suspect(state, sighting, context);
};

function hurried(state: LiveState, standsAt: number | null, now: number): Turn {
  const why = reason("writtenSince", { found: standsAt ?? "unreadable" });
  return ended(state, now, { result: "unknown", reason: why, isVerified: false });
}

/** Nobody owned the partition, and nobody has claimed it: who writes is a reader without load balancing. */
function isUnclaimed({ heldOff, owner }: LiveState): boolean {
  return heldOff === null && owner === null;
}

/**
 * The first checkpoint of a reader that claims nothing, and comes back by itself within a second. It reads on from
 * where it was thrown out, so taking the partition once more would only throw it out again.
 */
function unclaimed(state: LiveState, standsAt: number | null, now: number): Turn {
  const { target, highest } = state;
  const told = (result: LiveEnd["result"], why: Reason | null): Turn => {
    const isVerified = result === "written";
    const read = isVerified ? { ...state, readFrom: now } : state;
    return ended(read, now, { result, reason: why, isVerified });
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

function ownerIn({ owner, ownerId }: LiveState, { ownership }: Sighting, now: number): LiveState["owner"] {
  const holder = ownership?.ownerId ?? "";
  if (holder === "" || holder === ownerId) return owner;
  return owner?.ownerId === holder ? owner : { ownerId: holder, seenAt: owner?.seenAt ?? now };
}

/** A write whose answer was lost: nothing is certain until it can't arrive any more. */
function doubted(state: LiveState, { checkpoint }: Sighting, { now }: TurnContext): Turn {
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

export const verifying: Row = {
  seen,
  tick: (state, _, { now, limits }) => {
    const limitMs = state.broken?.isHurried
      ? limits.hurryMs
      : limits.ownerMs + limits.moveMs + limits.jumpMs + limits.doubtMs;
    if (now - (state.waitsFrom ?? now) < limitMs) return turn(state, {});
    return ended(state, now, { result: "unknown", reason: reason("notLookedAt"), isVerified: false });
  },
  fenceLost: (state) => turn(state, {}),
  closed: (state) => turn(state, {}),
  breakOff: (state, { reason: why, isHurried }, context) =>
    state.broken !== null && !isHurried
      ? turn(state, {})
      : breakOff(state, context, { result: state.broken?.result ?? "failed", reason: why, isHurried }),
};
