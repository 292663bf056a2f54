import type { QueryFilters } from "@tanstack/react-query";
import type { KnownPlan, Reset } from "#lib/api/resets.ts";
import { keys } from "#lib/client/http/queries.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

export const resetKeys = {
  plan: (planId: string) => [...keys.all, "reset-plan", planId] as const,
  reset: (resetId: string) => [...keys.all, "reset", resetId] as const,
  resets: ({ hub, group, store }: GroupAddress) => [...keys.all, "resets", hub, group, store] as const,
};

export function isOpen({ state, watchedUntil }: Reset): boolean {
  return state === "running" || (watchedUntil !== null && Date.parse(watchedUntil) > Date.now());
}

export const openResets: QueryFilters = {
  queryKey: [...keys.all, "reset"],
  predicate: ({ state }) => state.data === undefined || isOpen(state.data as Reset),
};

/** Of any group: resets that others applied while no stream was open are in no list that was loaded before. */
export const resetLists: QueryFilters = { queryKey: [...keys.all, "resets"] };

/** A plan that was applied elsewhere before the stream was open: only later steps of its reset are told. */
export const openPlans: QueryFilters = {
  queryKey: [...keys.all, "reset-plan"],
  predicate: ({ state }) => (state.data as KnownPlan | undefined)?.resetId === null,
};
