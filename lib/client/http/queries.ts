import { queryOptions } from "@tanstack/react-query";
import type { Configuration } from "#lib/api/configuration.ts";
import type { Overview } from "#lib/api/overview.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { getJson } from "./get-json.ts";

/** All cache keys; a refresh invalidates `all`. */
export const keys = {
  all: ["tidemark"] as const,
  configuration: () => [...keys.all, "configuration"] as const,
  overview: () => [...keys.all, "overview"] as const,
  destinations: () => [...keys.all, "destinations"] as const,
  eventHub: (hub: string) => [...keys.all, "event-hub", hub] as const,
  consumerGroup: ({ hub, group, store }: GroupAddress) => [...keys.all, "group", hub, group, store] as const,
  trend: ({ hub, group, store }: GroupAddress) => [...keys.all, "trend", hub, group, store] as const,
  past: ({ hub, group, store }: GroupAddress, live: boolean) =>
    [...keys.all, "past", hub, group, store, live] as const,
};

export const base = "/api/v1";

export function groupPath(
  { hub, group, store }: GroupAddress,
  tail = "",
  more: Record<string, string> = {},
): string {
  const path = `${base}/event-hubs/${encodeURIComponent(hub)}/consumer-groups/${encodeURIComponent(group)}${tail}`;
  return `${path}?${new URLSearchParams({ store, ...more })}`;
}

// Rendered with the page and kept fresh by the stream, so nothing goes stale by itself.
export const streamed = { staleTime: Number.POSITIVE_INFINITY, retry: 1 } as const;

function getOverview({ signal }: { signal: AbortSignal }): Promise<Overview> {
  return getJson(
    `${base}/overview`,
    async () => (await import("#lib/api/overview.ts")).overviewSchema,
    signal,
  );
}

/** The stream tells when it was read again; pages without a stream ask now and then. */
export function configurationQuery() {
  return queryOptions<Configuration>({
    queryKey: keys.configuration(),
    queryFn: ({ signal }) =>
      getJson(
        `${base}/configuration`,
        async () => (await import("#lib/api/configuration.ts")).configurationSchema,
        signal,
      ),
    staleTime: 60_000,
    refetchInterval: 60_000,
    retry: 1,
  });
}

export function overviewQuery() {
  return queryOptions<Overview>({ ...streamed, queryKey: keys.overview(), queryFn: getOverview });
}

/**
 * Separate from the first page's cache entry: a pending one would block the server's data while the page
 * hydrates.
 */
export function destinationsQuery() {
  return queryOptions<Overview>({ queryKey: keys.destinations(), queryFn: getOverview, retry: 1 });
}
