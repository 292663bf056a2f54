import { infiniteQueryOptions } from "@tanstack/react-query";
import type { Activity } from "#lib/api/history.ts";
import { getJson } from "#lib/client/http/get-json.ts";
import { retryOnce } from "#lib/client/resets/reset-queries.ts";
import { type ActivityFilter, activityKeys } from "./activity-keys.ts";

export const activityPageSize = 50;

export function activityQuery(filter: ActivityFilter, pageSize = activityPageSize) {
  return infiniteQueryOptions({
    queryKey: activityKeys.list(filter, pageSize),
    staleTime: Number.POSITIVE_INFINITY,
    retry: retryOnce,
    initialPageParam: null as number | null,
    getNextPageParam: ({ entries }: Activity) =>
      entries.length < pageSize ? null : (entries.at(-1)?.id ?? null),
    queryFn: ({ signal, pageParam }) =>
      getJson<Activity>(
        `/api/v1/activity?${activityParams(filter, pageSize, pageParam)}`,
        async () => (await import("#lib/api/history.ts")).activitySchema,
        signal,
      ),
  });
}

function activityParams({ hub, group }: ActivityFilter, limit: number, before: number | null): string {
  return new URLSearchParams({
    ...(hub === null ? {} : { hub }),
    ...(group === null ? {} : { group }),
    limit: String(limit),
    ...(before === null ? {} : { before: String(before) }),
  }).toString();
}
