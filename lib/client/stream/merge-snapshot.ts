import type { ConsumerGroup, ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { EventHubDetail } from "#lib/api/event-hub.ts";
import type { Overview, Trend } from "#lib/api/overview.ts";
import type { SnapshotEvent } from "#lib/api/stream.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import { wholeLags } from "#lib/lag/trend-lag.ts";

const trendSpanMs = 3_600_000;

export function mergeOverview(overview: Overview, event: SnapshotEvent, now: number): Overview {
  const known = overview.eventHubs.some((hub) => hub.id === event.hub);
  const next = { ...event.eventHub, consumerGroups: event.consumerGroups };
  const trends = overview.trends.map((trend) => mergeTrend(trend, event, now));
  for (const group of event.consumerGroups) {
    const has = trends.some(
      (t) => t.hub === event.hub && t.consumerGroup === group.name && t.store === group.store,
    );
    if (!has) {
      const born = { hub: event.hub, consumerGroup: group.name, store: group.store, points: [] };
      trends.push(mergeTrend(born, event, now));
    }
  }
  return {
    ...overview,
    eventHubs: known
      ? overview.eventHubs.map((hub) => (hub.id === event.hub ? next : hub))
      : [...overview.eventHubs, next],
    trends,
  };
}

export function mergeEventHub(detail: EventHubDetail, event: SnapshotEvent): EventHubDetail {
  if (detail.id !== event.hub) return detail;
  return {
    ...event.eventHub,
    consumerGroups: event.consumerGroups,
    partitions: event.hubPartitions ?? detail.partitions,
  };
}

/** A group missing from the event keeps its figures until its next fetch. */
export function mergeConsumerGroup(detail: ConsumerGroupDetail, event: SnapshotEvent): ConsumerGroupDetail {
  const group = event.consumerGroups.find((g) => isSameName(g.name, detail.name) && g.store === detail.store);
  if (group === undefined) return detail;
  const itsPartitions =
    event.partitions !== undefined &&
    (event.group === undefined || isSameName(event.group, detail.name)) &&
    (event.store === undefined || event.store === detail.store);
  return { ...group, partitions: itsPartitions && event.partitions ? event.partitions : detail.partitions };
}

/** Adds a point. A failed refresh adds a gap, never a repeated figure. */
export function mergeTrend(trend: Trend, event: SnapshotEvent, now: number): Trend {
  if (trend.hub !== event.hub) return trend;
  const group = event.consumerGroups.find(
    (g) => isSameName(g.name, trend.consumerGroup) && g.store === trend.store,
  );
  const points = pointsAfter(trend.points, group, now);
  return points === trend.points ? trend : { ...trend, points };
}

type Points = Trend["points"];

function pointsAfter(points: Points, group: ConsumerGroup | undefined, now: number): Points {
  const last = points.at(-1);
  const fresh = group !== undefined && !group.stale && group.observedAt !== null;
  if (!fresh) {
    if (last === undefined || last.lag === null) return points;
    return [...points, { at: new Date(now).toISOString(), lag: null }];
  }
  const at = group.observedAt ?? "";
  if (last !== undefined && Date.parse(last.at) >= Date.parse(at)) return points;
  const from = Date.parse(at) - trendSpanMs;
  const { measuredLag: lag, partitionsUnknown, partitionsBounded } = group;
  const point = {
    ...{ at, lag },
    ...(partitionsUnknown > 0 && { partitionsUnknown }),
    ...(partitionsBounded > 0 && { partitionsBounded }),
  };
  return wholeLags([...points.filter((p) => Date.parse(p.at) >= from), point]);
}
