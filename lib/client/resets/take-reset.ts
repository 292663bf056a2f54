import type { QueryClient } from "@tanstack/react-query";
import type { KnownPlan, Reset, Resets } from "#lib/api/resets.ts";
import { activityKeys } from "#lib/client/activity/activity-query.ts";
import { resetKeys } from "./reset-queries.ts";

/** Puts a reset that the stream, or an answer, has brought wherever the cache shows it. */
export function takeReset(client: QueryClient, reset: Reset): void {
  client.setQueryData<Reset>(resetKeys.reset(reset.id), reset);
  client.setQueryData<KnownPlan>(
    resetKeys.plan(reset.planId),
    (before) => before && { ...before, resetId: reset.id },
  );
  const { entries: _, ...head } = reset;
  client.setQueryData<Resets>(resetKeys.resets(reset), (before) => before && mergeResets(before, head));
  // A step in the middle leaves no entry in the activity.
  if (reset.state !== "running") void client.invalidateQueries({ queryKey: activityKeys.all });
}

/** The list with this reset as it now is; a new one stands first. */
export function mergeResets({ resets }: Resets, reset: Resets["resets"][number]): Resets {
  const known = resets.some(({ id }) => id === reset.id);
  return { resets: known ? resets.map((one) => (one.id === reset.id ? reset : one)) : [reset, ...resets] };
}
