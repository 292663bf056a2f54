import type { LiveStep } from "#lib/api/plans/live-progress.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { EventOf, LiveEvent, LiveEventType } from "#lib/reset/live/watch/signals.ts";
import type { ActiveState, HeldState, LiveState, StateIn } from "./state.ts";
import { aborting } from "./steps/aborting.ts";
import { breakOff } from "./steps/break-off.ts";
import { claiming } from "./steps/claiming.ts";
import { fencing } from "./steps/fencing.ts";
import { holding } from "./steps/holding.ts";
import { tooLong } from "./steps/overwritten.ts";
import { releasing } from "./steps/releasing.ts";
import { verifying } from "./steps/verifying.ts";
import { waiting } from "./steps/waiting.ts";
import { writing } from "./steps/writing.ts";
import { type Cell, type Row, type RowOf, type Turn, type TurnContext, turn } from "./turn.ts";

function renewed<State extends LiveState>(state: State, { etag }: EventOf<"renewed">): Turn<State> {
  if (!("claim" in state) || state.claim === null) return turn(state, {});
  const { renewedAt } = state.claim;
  return { state: { ...state, isRenewing: false, claim: { etag, renewedAt } }, effects: [] };
}

function renewFailed<State extends LiveState>(state: State): Turn<State> {
  return { state: "isRenewing" in state ? { ...state, isRenewing: false } : state, effects: [] };
}

const everywhere: RowOf<ActiveState> = {
  streamEnd: (state, { sequenceNumber }) => ({
    state: "streamEnd" in state ? { ...state, streamEnd: sequenceNumber } : state,
    effects: [],
  }),
  renewed,
  renewFailed,
  ousted: (state, { because }, context) => {
    const why = reason("takenAway", { because });
    return breakOff(state, context, { result: "failed", reason: why }, { isRenewing: false, claim: null });
  },
  fenceLost: (state, { byReader, detail }, context) => {
    const why = reason(byReader ? "displaced" : "connectionLost", { detail });
    return breakOff(state, context, { result: "failed", reason: why }, { leftLevel: !byReader });
  },
  breakOff: (state, { reason: why, isHurried }, context) =>
    breakOff(state, context, { result: "failed", reason: why, isHurried }),
};

/**
 * Each step's row (lib/reset/live/README.md#steps), which comes before `everywhere`. An event found in
 * neither is ignored.
 */
const table: { readonly [Step in LiveStep]: Row<Step> } = {
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
export function isHeld(state: LiveState): state is HeldState {
  return state.step === "fencing" || state.step === "writing" || state.step === "holding";
}

export function isBeforeRelease(state: LiveState): boolean {
  return state.step === "waiting" || state.step === "claiming" || isHeld(state);
}

function cellOf<Type extends LiveEventType>({ step }: LiveState, type: Type): Cell<LiveState, Type> | null {
  const isActive = step !== "waiting" && step !== "aborting" && step !== "ended";
  const cell = table[step][type] ?? (isActive ? everywhere[type] : undefined);
  // The row belongs to the state's step.
  return (cell as Cell<LiveState, Type> | undefined) ?? null;
}

/** Returns the next state, to be stored before its effects begin. Pure. */
export function nextTurn(state: LiveState, event: LiveEvent, context: TurnContext): Turn {
  const isTimed = event.type === "tick" || event.type === "observed";
  if (isTimed && (isHeld(state) || state.step === "claiming") && context.now >= state.deadline) {
    return breakOff(state, context, { result: "failed", reason: tooLong(state, context) });
  }
  const next = cellOf(state, event.type)?.(state, event, context) ?? turn(state, {});
  return renew(next, context);
}

/** Renews while a step is being stored. Takes only answers to renewals. */
export function renewal(
  state: LiveState,
  answer: EventOf<"renewed" | "renewFailed"> | null,
  context: TurnContext,
): Turn {
  if (answer === null) return renew(turn(state, {}), context);
  return renew(answer.type === "renewed" ? renewed(state, answer) : renewFailed(state), context);
}

/** Asks for a renewal when one is due. Closing a fence, or clearing its level, may take half a minute. */
function renew(next: Turn, { now, limits }: TurnContext): Turn {
  const { state } = next;
  if (!isKept(state)) return next;
  const { claim } = state;
  if (claim === null || state.isRenewing || now - claim.renewedAt < limits.renewMs) return next;
  const renewing = { ...state, isRenewing: true, claim: { ...claim, renewedAt: now } };
  return { state: renewing, effects: [...next.effects, { do: "renew", etag: claim.etag }] };
}

function isKept(state: LiveState): state is HeldState | StateIn<"releasing"> | StateIn<"aborting"> {
  if (isHeld(state)) return true;
  if (state.step === "releasing") return state.fence === "closing";
  return state.step === "aborting" && state.fence === "closing" && !state.broken.isHurried;
}
