import { reason } from "#lib/api/reasons/reason.ts";
import type { LiveStep } from "#lib/api/resets.ts";
import { aborting, breakOff } from "#lib/reset/live/recover/break-off.ts";
import { releasing, verifying } from "#lib/reset/live/recover/give-back.ts";
import type { LiveEvent } from "#lib/reset/live/watch/signals.ts";
import type { LiveState } from "./state.ts";
import { claiming, fencing, holding, waiting, writing } from "./take.ts";
import { type Cell, type Row, type Turn, type TurnContext, turn } from "./turn.ts";

/** What holds in any step that says nothing else. */
const everywhere: Row = {
  streamEnd: (state, { sequenceNumber }) => turn(state, { streamEnd: sequenceNumber }),
  renewed: (state, { etag }) =>
    turn(state, {
      isRenewing: false,
      claim: state.claim && { etag, renewedAt: state.claim.renewedAt },
    }),
  renewFailed: (state) => turn(state, { isRenewing: false }),
  ousted: (state, { because }, context) =>
    breakOff(turn(state, { isRenewing: false, claim: null }).state, context, {
      result: "failed",
      reason: reason("takenAway", { because }),
    }),
  fenceLost: (state, { byReader, detail }, context) =>
    breakOff(turn(state, { leftLevel: !byReader }).state, context, {
      result: "failed",
      reason: reason(byReader ? "displaced" : "connectionLost", { detail }),
    }),
  breakOff: (state, { reason: why, isHurried }, context) =>
    breakOff(state, context, { result: "failed", reason: why, isHurried }),
};

/**
 * The machine of a live reset of one partition (lib/reset/README.md#live): in each step what each event does. What
 * is in neither row is of no matter there.
 */
const table: Readonly<Record<LiveStep, Row>> = {
  waiting,
  claiming,
  fencing,
  writing,
  holding,
  releasing,
  verifying,
  aborting,
  ended: {},
};

/** Steps in which an ownership is held for longer than a moment. */
const held: ReadonlySet<LiveStep> = new Set(["fencing", "writing", "holding"]);

export function isHeld({ step }: LiveState): boolean {
  return held.has(step);
}

/** Not given back yet. */
export function isBeforeRelease(state: LiveState): boolean {
  return state.step === "waiting" || state.step === "claiming" || isHeld(state);
}

/** Closing a fence, or clearing its level, may take half a minute. */
function isKept({ step, fence, broken }: LiveState): boolean {
  if (held.has(step)) return true;
  return fence === "closing" && (step === "releasing" || (step === "aborting" && !broken?.isHurried));
}

/** One event in: the next state, which is to be stored before the effects are begun. Pure. */
export function nextTurn(state: LiveState, event: LiveEvent, context: TurnContext): Turn {
  if (state.step === "ended") return turn(state, {});
  if (
    (event.type === "tick" || event.type === "seen") &&
    state.deadline !== null &&
    context.now >= state.deadline
  ) {
    if (held.has(state.step) || state.step === "claiming") {
      return breakOff(state, context, { result: "failed", reason: reason("tookTooLong") });
    }
  }
  const cell = (table[state.step][event.type] ??
    (state.step === "waiting" ? undefined : everywhere[event.type])) as Cell<LiveEvent["type"]> | undefined;
  const next = cell === undefined ? turn(state, {}) : cell(state, event, context);
  return renew(next, context);
}

/** Renewing alone, after an answer to it or without one: for while a step is being stored. */
export function renewal(state: LiveState, answer: LiveEvent | null, context: TurnContext): Turn {
  const cell = answer === null ? undefined : (everywhere[answer.type] as Cell<LiveEvent["type"]> | undefined);
  return renew(
    answer === null || cell === undefined ? turn(state, {}) : cell(state, answer, context),
    context,
  );
}

function renew(next: Turn, { now, limits }: TurnContext): Turn {
  const { state } = next;
  const { claim } = state;
  if (claim === null || state.isRenewing || !isKept(state)) return next;
  if (now - claim.renewedAt < limits.renewMs) return next;
  const renewing = { ...state, isRenewing: true, claim: { ...claim, renewedAt: now } };
  return { state: renewing, effects: [...next.effects, { do: "renew", etag: claim.etag }] };
}
