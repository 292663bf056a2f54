import { queryOptions } from "@tanstack/react-query";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { EventHubDetail } from "#lib/api/event-hub.ts";
import type { Overview, Trend } from "#lib/api/overview.ts";
import { getJson } from "./http.ts";

export interface GroupAddress {
  hub: string;
  group: string;
  store: string;
}

/** One place for cache keys; `all` is the root that a refresh invalidates. */
export const keys = {
  all: ["tidemark"] as const,
  overview: () => [...keys.all, "overview"] as const,
  destinations: () => [...keys.all, "destinations"] as const,
  eventHub: (hub: string) => [...keys.all, "event-hub", hub] as const,
  consumerGroup: ({ hub, group, store }: GroupAddress) => [...keys.all, "group", hub, group, store] as const,
  trend: ({ hub, group, store }: GroupAddress) => [...keys.all, "trend", hub, group, store] as const,
};

const base = "/api/v1";

function groupPath({ hub, group, store }: GroupAddress, tail = ""): string {
  const path = `${base}/event-hubs/${encodeURIComponent(hub)}/consumer-groups/${encodeURIComponent(group)}${tail}`;
  return `${path}?store=${encodeURIComponent(store)}`;
}

// The page is rendered with its data and the stream keeps it fresh, so nothing goes stale by itself.
const streamed = { staleTime: Number.POSITIVE_INFINITY, retry: 1 } as const;

function getOverview({ signal }: { signal: AbortSignal }): Promise<Overview> {
  return getJson(
    `${base}/overview`,
    async () => (await import("#lib/api/overview.ts")).overviewSchema,
    signal,
  );
}

export function overviewQuery() {
  return queryOptions<Overview>({ ...streamed, queryKey: keys.overview(), queryFn: getOverview });
}

/**
 * Where one can go. Not the first page's own entry in the cache: asked for while that page still hydrates, a
 * pending one would stand in the way of what the server has sent along.
 */
export function destinationsQuery() {
  return queryOptions<Overview>({ queryKey: keys.destinations(), queryFn: getOverview, retry: 1 });
}

export function eventHubQuery(hub: string) {
  return queryOptions<EventHubDetail>({
    ...streamed,
    queryKey: keys.eventHub(hub),
    queryFn: ({ signal }) =>
      getJson(
        `${base}/event-hubs/${encodeURIComponent(hub)}`,
        async () => (await import("#lib/api/event-hub.ts")).eventHubDetailSchema,
        signal,
      ),
  });
}

export function consumerGroupQuery(address: GroupAddress) {
  return queryOptions<ConsumerGroupDetail>({
    ...streamed,
    queryKey: keys.consumerGroup(address),
    queryFn: ({ signal }) =>
      getJson(
        groupPath(address),
        async () => (await import("#lib/api/consumer-group.ts")).consumerGroupDetailSchema,
        signal,
      ),
  });
}

export function trendQuery(address: GroupAddress) {
  return queryOptions<Trend>({
    ...streamed,
    queryKey: keys.trend(address),
    queryFn: ({ signal }) =>
      getJson(
        groupPath(address, "/trend"),
        async () => (await import("#lib/api/overview.ts")).trendSchema,
        signal,
      ),
  });
}
