import {
  type Activity,
  type ActivityQuery,
  type HistoryQuery,
  mostPartitionLines,
  type Owners,
  type OwnersQuery,
  type History as WireHistory,
} from "#lib/api/history.ts";
import { AppError } from "#lib/core/app-error.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { History } from "#lib/history/history.ts";
import type { HistoryPoint } from "#lib/history/samples/points.ts";
import { partitionIndex } from "#lib/history/samples/sample.ts";
import type { VisibleGroups } from "#lib/history/storage/visible.ts";
import type { GroupSnapshot, HubSnapshot } from "#lib/monitor/snapshot.ts";

const defaultRangeMs = 3_600_000;
const defaultPoints = 300;
const defaultEntries = 100;

/** @throws AppError `notFound` for an unknown partition, `invalidRequest` for a reversed range */
export async function groupHistory(
  history: History,
  { eventHub: hub }: HubSnapshot,
  snapshot: GroupSnapshot,
  query: HistoryQuery,
  now: EpochMs,
): Promise<WireHistory> {
  const asked = askedPartitions(snapshot, query.partitions);
  const { from, to, stepSeconds, points, beside, watchedSince, fault } = await history.points({
    hub,
    group: snapshot.group,
    ...rangeOf(query, now),
    points: query.points ?? defaultPoints,
    partition: query.partition === undefined ? undefined : findPartition(snapshot, query.partition),
    beside: { partitions: asked, most: mostPartitionLines },
  });
  return {
    from: toIso(from),
    to: toIso(to),
    stepSeconds,
    points: points.map((point) => ({
      ...point,
      at: toIso(point.at),
      lagIsUpperBound: hasBound(point),
    })),
    partitions: beside.map(({ partition, points: line }) => ({
      partitionId: String(partition),
      points: line.map((point) => ({
        at: toIso(point.at),
        lag: point.lag,
        lagMax: point.lagMax,
        lagIsUpperBound: hasBound(point),
      })),
    })),
    partitionsAsked: asked.length,
    watchedSince: toIso(watchedSince),
    error: fault,
  };
}

export async function groupOwners(
  history: History,
  { eventHub: hub }: HubSnapshot,
  { group }: GroupSnapshot,
  query: OwnersQuery,
  now: EpochMs,
): Promise<Owners> {
  const { spans, changes, watchedSince, cutBefore } = await history.owners({
    hub,
    group,
    ...rangeOf(query, now),
  });
  return {
    spans: spans.map((span) => ({ ...span, from: toIso(span.from), to: toIso(span.to) })),
    changes: changes.flatMap(({ kind, at, uncertaintyMs, isUnobserved, ...change }) =>
      kind === "found"
        ? []
        : [
            {
              ...change,
              kind,
              at: toIso(at),
              uncertaintySeconds: uncertaintyMs / 1000,
              unobserved: isUnobserved,
            },
          ],
    ),
    watchedSince: toIso(watchedSince),
    cutBefore: toIso(cutBefore),
  };
}

export async function recentActivity(
  history: History,
  query: ActivityQuery,
  visible?: VisibleGroups,
): Promise<Activity> {
  const entries = await history.activity({ ...query, limit: query.limit ?? defaultEntries, visible });
  return { entries: entries.map((entry) => ({ ...entry, at: toIso(entry.at) })) };
}

function rangeOf(query: OwnersQuery, now: EpochMs): { from: EpochMs; to: EpochMs } {
  const to = query.to === undefined ? now : Date.parse(query.to);
  const from = query.from === undefined ? to - defaultRangeMs : Date.parse(query.from);
  if (from >= to)
    throw new AppError("invalidRequest", "from must lie before the end, which is now by default.");
  return { from, to };
}

function hasBound({ lag, measuredLag }: HistoryPoint): boolean {
  return lag !== null && lag !== measuredLag;
}

function askedPartitions(snapshot: GroupSnapshot, partitions: string | undefined): number[] {
  if (partitions === undefined) return [];
  if (partitions !== "all") return partitions.split(",").map((id) => findPartition(snapshot, id));
  return snapshot.partitions.flatMap(({ partitionId }) => partitionIndex(partitionId) ?? []);
}

function findPartition({ group, partitions }: GroupSnapshot, partitionId: string): number {
  const index = partitionIndex(partitionId);
  if (index === null || !partitions.some((partition) => partition.partitionId === partitionId)) {
    const names = `${JSON.stringify(partitionId)} of the consumer group ${JSON.stringify(group.name)}`;
    throw new AppError("notFound", `There is no partition ${names}.`);
  }
  return index;
}
