import type { LiveStep } from "#lib/api/resets.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { EventOf, LiveEffect, LiveEventType } from "#lib/reset/live/watch/signals.ts";
import type { LiveLimits } from "./limits.ts";
import type { LiveEnd, LiveState } from "./state.ts";

export interface Turn {
  state: LiveState;
  effects: LiveEffect[];
}

export interface TurnContext {
  now: EpochMs;
  limits: LiveLimits;
}

/** What one event does in one step. */
export type Cell<Type extends LiveEventType> = (
  state: LiveState,
  event: EventOf<Type>,
  context: TurnContext,
) => Turn;

export type Row = { readonly [Type in LiveEventType]?: Cell<Type> };

export function turn(state: LiveState, changes: Partial<LiveState>, ...effects: LiveEffect[]): Turn {
  return { state: { ...state, ...changes }, effects };
}

/** Into another step. */
export function go(
  state: LiveState,
  step: LiveStep,
  now: EpochMs,
  changes: Partial<LiveState>,
  ...effects: LiveEffect[]
): Turn {
  return turn(state, { ...changes, step, since: now, retryAt: null }, ...effects);
}

export function finish(state: LiveState, now: EpochMs, end: LiveEnd): Turn {
  return go(state, "ended", now, { end, awaiting: null });
}

/** Nothing is held any more, and there is nothing of ours that could stand in the blob. */
export function isUntouched({ hasStood, awaiting, doubtUntil }: LiveState): boolean {
  return !hasStood && awaiting !== "write" && doubtUntil === null;
}

export function highestOf(known: number | null, seen: number | null): number | null {
  if (known === null || seen === null) return known ?? seen;
  return Math.max(known, seen);
}
