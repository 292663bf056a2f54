import type { AbortingState } from "#lib/reset/live/state.ts";
import { type Row, type Turn, type TurnContext, turn } from "#lib/reset/live/turn.ts";
import { goOn, releaseRetryMs } from "./break-off.ts";

const answered =
  (changes: (state: AbortingState, now: number) => Partial<AbortingState>) =>
  (state: AbortingState, _: unknown, context: TurnContext): Turn =>
    goOn({ ...state, ...changes(state, context.now) }, context);

const ignored = (state: AbortingState): Turn => turn(state, {});

export const aborting: Row<"aborting"> = {
  tick: (state, _, context) => goOn(state, context),
  closed: (state, { isClean }, context) =>
    goOn(
      { ...state, fence: "closed", leftLevel: !isClean || (state.leftLevel && !state.wasCleared) },
      context,
    ),
  // Release the partition anyway. The reset's result mentions a level that remains.
  fenceLost: (state, { byReader }) => turn(state, { leftLevel: state.leftLevel || !byReader }),
  attached: ignored,
  refused: ignored,
  attachFailed: ignored,
  claimed: (state, { etag }, context) =>
    goOn(
      { ...state, awaiting: null, claimDoubtUntil: null, claim: { etag, renewedAt: context.now } },
      context,
    ),
  claimRefused: answered(() => ({ awaiting: null })),
  claimFailed: (state, { isFinal }, context) => {
    const { now, limits } = context;
    if (isFinal) return goOn({ ...state, awaiting: null }, context);
    return goOn({ ...state, awaiting: null, looksFrom: now, claimDoubtUntil: now + limits.doubtMs }, context);
  },
  observed: (state, { observation }, context) => {
    const { claimDoubtUntil, looksFrom, ownerId, broken } = state;
    if (claimDoubtUntil === null || state.claim !== null || observation.askedAt < looksFrom)
      return turn(state, {});
    const { ownership } = observation;
    if (ownership?.ownerId === ownerId) {
      const claim = { etag: ownership.etag, renewedAt: context.now };
      return goOn({ ...state, claim, claimDoubtUntil: null }, context);
    }
    const isOver = context.now >= claimDoubtUntil || broken.isHurried;
    return isOver ? goOn({ ...state, claimDoubtUntil: null }, context) : turn(state, {});
  },
  renewed: (state, { etag }, context) =>
    goOn({ ...state, isRenewing: false, claim: { etag, renewedAt: context.now } }, context),
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
    goOn({ ...state, awaiting: null, doubtUntil: context.now + context.limits.doubtMs }, context),
  released: (state, { etag }, context) =>
    goOn({ ...state, awaiting: null, claim: null, releasedEtag: etag }, context),
  releaseFailed: (state, _, context) => {
    const { now, limits } = context;
    const limitMs = state.broken.isHurried ? limits.hurryMs : limits.releaseMs;
    // Then the ownership expires like any processor's.
    if (now - state.since >= limitMs) return goOn({ ...state, awaiting: null, claim: null }, context);
    return turn(state, { awaiting: null, retryAt: now + releaseRetryMs });
  },
  breakOff: (state, { isHurried }, context) =>
    isHurried ? goOn({ ...state, broken: { ...state.broken, isHurried } }, context) : turn(state, {}),
};
