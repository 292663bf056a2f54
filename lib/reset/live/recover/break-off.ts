import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { joined, reason } from "#lib/api/reasons/reason.ts";
import type { LiveEnd, LiveState } from "#lib/reset/live/state.ts";
import {
  type Cell,
  finish,
  go,
  isUntouched,
  type Row,
  type Turn,
  type TurnContext,
  turn,
} from "#lib/reset/live/turn.ts";
import type { EventOf } from "#lib/reset/live/watch/signals.ts";

const releaseRetryMs = 1_000;

/** Breaks a partition off, from wherever it is: the receiver first, and then the ownership if it is ours still. */
export function breakOff(
  state: LiveState,
  { now, limits }: TurnContext,
  why: { result: LiveEnd["result"]; reason: Reason; isHurried?: boolean },
): Turn {
  const isHurried = why.isHurried ?? false;
  const broken = { result: why.result, reason: why.reason, isHurried };
  const begun = go(state, "aborting", now, { broken, looksFrom: now }).state;
  if (state.fence === "attaching" || state.fence === "attached") {
    return turn(begun, { fence: "closing" }, { do: "close" });
  }
  return goOn(begun, { now, limits });
}

/** The next thing to be done of what is left, or to wait for what is under way. */
function goOn(state: LiveState, context: TurnContext): Turn {
  const { now } = context;
  if (state.fence === "closing" || state.awaiting !== null || state.isRenewing) return turn(state, {});
  if (state.leftLevel && !state.wasCleared && !state.broken?.isHurried) {
    const { ownerLevel } = state;
    return turn(state, { fence: "closing", wasCleared: true }, { do: "clearLevel", ownerLevel });
  }
  if (state.claim !== null) {
    if (state.retryAt !== null && now < state.retryAt) return turn(state, {});
    const { etag } = state.claim;
    return turn(state, { awaiting: "release", retryAt: null }, { do: "release", etag });
  }
  if (state.claimDoubtUntil !== null && isWorthWaiting(state, context)) return turn(state, {});
  return leave(state, context);
}

/** Whether a claim of ours has arrived after all is for the next looks to tell. */
function isWorthWaiting(
  { claimDoubtUntil, broken, since }: LiveState,
  { now, limits }: TurnContext,
): boolean {
  return now <= (broken?.isHurried ? since + limits.hurryMs : (claimDoubtUntil ?? 0) + limits.releaseMs);
}

function leave(state: LiveState, { now }: TurnContext): Turn {
  const { broken } = state;
  if (broken !== null && isUntouched(state)) {
    const { result, reason: why } = broken;
    return finish(state, now, { result, reason: withLevel(state, why), isVerified: false });
  }
  return go(
    state,
    "verifying",
    now,
    { looksFrom: now, releasedAt: now, waitsFrom: now, owner: null, jump: null },
    { do: "look" },
  );
}

/** What has to be told where the service may not have noticed that the fence is gone. */
export function withLevel({ leftLevel, ownerLevel }: LiveState, why: Reason | null): Reason | null {
  return leftLevel ? joined([why, reason("levelLeft", { ownerLevel })]) : why;
}

const answered =
  (changes: (state: LiveState, now: number) => Partial<LiveState>) =>
  (state: LiveState, _: unknown, context: TurnContext): Turn =>
    goOn(turn(state, changes(state, context.now)).state, context);

const closed: Cell<"closed"> = (state, { isClean }, context) =>
  goOn(
    turn(state, {
      fence: "closed",
      leftLevel: !isClean || (state.leftLevel && !state.wasCleared),
    }).state,
    context,
  );

const releaseFailed: Cell<"releaseFailed"> = (state, _, context) => {
  const { now, limits } = context;
  const limitMs = state.broken?.isHurried ? limits.hurryMs : limits.releaseMs;
  // Then it expires, as any processor's does.
  if (now - state.since >= limitMs) return goOn(turn(state, { awaiting: null, claim: null }).state, context);
  return turn(state, { awaiting: null, retryAt: now + releaseRetryMs });
};

/** Lost level or not, it is told later: the partition is being given back anyhow. */
const fenceLost: Cell<"fenceLost"> = (state, { byReader }: EventOf<"fenceLost">) =>
  turn(state, { leftLevel: state.leftLevel || !byReader });

export const aborting: Row = {
  tick: (state, _, context) => goOn(state, context),
  closed,
  fenceLost,
  attached: (state) => turn(state, {}),
  refused: (state) => turn(state, {}),
  attachFailed: (state) => turn(state, {}),
  claimed: (state, { etag }, context) =>
    goOn(
      turn(state, { awaiting: null, claimDoubtUntil: null, claim: { etag, renewedAt: context.now } }).state,
      context,
    ),
  claimLost: answered(() => ({ awaiting: null })),
  claimFailed: (state, { isFinal }, context) => {
    const { now, limits } = context;
    if (isFinal) return goOn(turn(state, { awaiting: null }).state, context);
    return goOn(
      turn(state, { awaiting: null, looksFrom: now, claimDoubtUntil: now + limits.doubtMs }).state,
      context,
    );
  },
  seen: (state, { sighting }, context) => {
    const { claimDoubtUntil, looksFrom, ownerId, broken } = state;
    if (claimDoubtUntil === null || state.claim !== null || sighting.askedAt < looksFrom)
      return turn(state, {});
    const { ownership } = sighting;
    if (ownership?.ownerId === ownerId) {
      const claim = { etag: ownership.etag, renewedAt: context.now };
      return goOn(turn(state, { claim, claimDoubtUntil: null }).state, context);
    }
    const isOver = context.now >= claimDoubtUntil || broken?.isHurried;
    return isOver ? goOn(turn(state, { claimDoubtUntil: null }).state, context) : turn(state, {});
  },
  renewed: (state, { etag }, context) =>
    goOn(turn(state, { isRenewing: false, claim: { etag, renewedAt: context.now } }).state, context),
  renewFailed: answered(() => ({ isRenewing: false })),
  ousted: answered(({ awaiting }) => ({
    isRenewing: false,
    claim: null,
    awaiting: awaiting === "release" ? null : awaiting,
  })),
  written: answered(() => ({ awaiting: null, hasStood: true, doubtUntil: null })),
  writeRefused: answered(() => ({ awaiting: null })),
  writeFailed: answered(() => ({ awaiting: null })),
  writeLost: (state, _, context) =>
    goOn(turn(state, { awaiting: null, doubtUntil: context.now + context.limits.doubtMs }).state, context),
  released: (state, { etag }, context) =>
    goOn(turn(state, { awaiting: null, claim: null, releasedEtag: etag }).state, context),
  releaseFailed,
  breakOff: (state, { isHurried }, context) => {
    if (state.broken === null || !isHurried) return turn(state, {});
    return goOn(turn(state, { broken: { ...state.broken, isHurried } }).state, context);
  },
};
