import type { QueryClient } from "@tanstack/react-query";
import type { KnownPlan, Reset, Resets } from "#lib/api/resets.ts";
import { activityKeys } from "#lib/client/activity/activity-keys.ts";
import { resetKeys } from "#lib/client/http/reset-keys.ts";

/** A reset that has ended runs no more: an answer from before its end may come after the stream has told that. */
function laterOf<R extends Pick<Reset, "state">>(before: R | undefined, next: R): R {
  return before !== undefined && before.state !== "running" && next.state === "running" ? before : next;
}

export function takeReset(client: QueryClient, reset: Reset): void {
  client.setQueryData<Reset>(resetKeys.reset(reset.id), (before) => laterOf(before, reset));
  client.setQueryData<KnownPlan>(
    resetKeys.plan(reset.planId),
    (before) => before && { ...before, resetId: reset.id },
  );
  const { entries: _, ...head } = reset;
  client.setQueryData<Resets>(resetKeys.resets(reset), (before) => before && mergeResets(before, head));
  // Steps in between add nothing to the activity.
  if (reset.state !== "running") void client.invalidateQueries({ queryKey: activityKeys.all });
}

export function mergeResets({ resets }: Resets, reset: Resets["resets"][number]): Resets {
  const known = resets.some(({ id }) => id === reset.id);
  return {
    resets: known
      ? resets.map((one) => (one.id === reset.id ? laterOf(one, reset) : one))
      : [reset, ...resets],
  };
}
