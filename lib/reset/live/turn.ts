import type { LiveStep } from "#lib/api/plans/live-progress.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { EventOf, LiveEffect, LiveEventType } from "#lib/reset/live/watch/signals.ts";
import type { LiveLimits } from "./limits.ts";
import {
  aboutOf,
  type EndedState,
  type Known,
  knownOf,
  type LiveEnd,
  type LiveState,
  type OpenEnds,
  type StateIn,
} from "./state.ts";

export interface Turn<State extends LiveState = LiveState> {
  state: State;
  effects: LiveEffect[];
}

export interface TurnContext {
  now: EpochMs;
  limits: LiveLimits;
}

export type Cell<State extends LiveState, Type extends LiveEventType> = (
  state: State,
  event: EventOf<Type>,
  context: TurnContext,
) => Turn;

export type RowOf<State extends LiveState> = { readonly [Type in LiveEventType]?: Cell<State, Type> };

export type Row<Step extends LiveStep> = RowOf<StateIn<Step>>;

export function turn<State extends LiveState>(
  state: State,
  changes: Partial<NoInfer<State>>,
  ...effects: LiveEffect[]
): Turn<State> {
  return { state: { ...state, ...changes }, effects };
}

export function go<State extends LiveState>(
  state: Omit<State, "since">,
  now: EpochMs,
  ...effects: LiveEffect[]
): Turn<State> {
  return { state: { ...state, since: now } as State, effects };
}

export function finish(
  state: LiveState,
  now: EpochMs,
  end: LiveEnd,
  seen: Partial<Known> = {},
): Turn<EndedState> {
  return {
    state: { ...aboutOf(state), ...knownOf(state), ...seen, step: "ended", since: now, end },
    effects: [],
  };
}

/** True when the blob can't hold anything of ours. */
export function isUntouched({
  hasStood,
  awaiting,
  doubtUntil,
}: Pick<OpenEnds, "awaiting" | "doubtUntil"> & Pick<Known, "hasStood">): boolean {
  return !hasStood && awaiting !== "write" && doubtUntil === null;
}

export function highestOf(known: number | null, seen: number | null): number | null {
  if (known === null || seen === null) return known ?? seen;
  return Math.max(known, seen);
}
