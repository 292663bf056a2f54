import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { EventHubDetail } from "#lib/api/event-hub.ts";
import type { History, Owners } from "#lib/api/history.ts";
import type { Trend } from "#lib/api/overview.ts";
import type { HistoryLines } from "#lib/client/history/history-lines.ts";
import { isLiveRange, rangeMoments, type TimeRange } from "#lib/client/history/time-range.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import { getJson } from "./get-json.ts";
import { base, groupPath, keys, streamed } from "./queries.ts";

export const pastKeys = {
  history: (address: GroupAddress, lines: HistoryLines, range: TimeRange) =>
    [...keys.past(address, isLiveRange(range)), "history", lines, range] as const,
  owners: (address: GroupAddress, range: TimeRange) =>
    [...keys.past(address, isLiveRange(range)), "owners", range] as const,
};

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

interface PastOptions {
  range: TimeRange;
  /** By the server's clock. */
  now: () => EpochMs;
}

export function rangeQuery({ from, to }: { from: EpochMs; to: EpochMs | null }): Record<string, string> {
  return { from: toIso(from), ...(to === null ? {} : { to: toIso(to) }) };
}

const historyPoints = "300";

/** The query without its range; the server asks the same for a page's first view. */
export function historyQueryOf(
  lines: HistoryLines,
  moments: { from: EpochMs; to: EpochMs | null },
): Record<string, string> {
  return { ...rangeQuery(moments), points: historyPoints, ...lines };
}

export function historyQuery(address: GroupAddress, lines: HistoryLines, { range, now }: PastOptions) {
  return queryOptions<History>({
    ...streamed,
    queryKey: pastKeys.history(address, lines, range),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      getJson(
        groupPath(address, "/history", historyQueryOf(lines, rangeMoments(range, now()))),
        async () => (await import("#lib/api/history.ts")).historySchema,
        signal,
      ),
  });
}

export interface OwnersInRange extends Owners {
  from: EpochMs;
  to: EpochMs;
  isLive: boolean;
}

export function ownersInRange(owners: Owners, range: TimeRange, now: EpochMs): OwnersInRange {
  const { from, to } = rangeMoments(range, now);
  return { ...owners, from, to: Math.min(to ?? now, now), isLive: isLiveRange(range) };
}

export function ownersQuery(address: GroupAddress, { range, now }: PastOptions) {
  return queryOptions<OwnersInRange>({
    ...streamed,
    queryKey: pastKeys.owners(address, range),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const askedAt = now();
      const owners = await getJson(
        groupPath(address, "/owners", rangeQuery(rangeMoments(range, askedAt))),
        async () => (await import("#lib/api/history.ts")).ownersSchema,
        signal,
      );
      return ownersInRange(owners, range, askedAt);
    },
  });
}
