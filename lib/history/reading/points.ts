import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { Fault } from "#lib/api/errors.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { toHistoryFault } from "../fault.ts";
import { chooseGrid, type Grid } from "../samples/grid.ts";
import { partitionSamples } from "../samples/partition-samples.ts";
import { type HistoryPoint, holdsUntil, toPoints } from "../samples/points.ts";
import type { FlatSample, Sample } from "../samples/sample.ts";
import type { Retention } from "../samples/tiers.ts";
import { wholeSamples } from "../samples/whole-samples.ts";
import type { Database } from "../storage/database.ts";
import type { RecentBatches } from "../writing/recent-batches.ts";
import { type SeriesKey, seriesKey } from "../writing/refresh-batch.ts";
import { furthestBehind } from "./furthest-behind.ts";
import { RangeOfSeries } from "./range-of-series.ts";
import { findSeries, firstSampleAt, readChunks } from "./read-samples.ts";
import { type ResetTime, readResetTimes } from "./reset-times.ts";

/** The first point may depend on samples this much earlier. */
const runUpMs = 150_000;

export interface PointsQuery {
  hub: Pick<EventHub, "id" | "fullyQualifiedNamespace" | "eventHubName">;
  group: Pick<ConsumerGroup, "store" | "name">;
  from: EpochMs;
  to: EpochMs;
  points: number;
  /** A partition's number. Undefined: the sum. */
  partition?: number | undefined;
  beside?: { partitions: readonly number[]; most: number };
}

interface PartitionPoints {
  partition: number;
  points: HistoryPoint[];
}

export interface PointsAnswer extends Omit<Grid, "tier"> {
  points: HistoryPoint[];
  beside: PartitionPoints[];
  watchedSince: EpochMs | null;
  /** Why only memory was read. Null: the database was read. */
  fault: Fault | null;
}

export interface PointsSources {
  database: Database;
  recent: RecentBatches;
  refreshSeconds: number;
  retention: Retention;
  now: EpochMs;
}

export async function readPoints(query: PointsQuery, sources: PointsSources): Promise<PointsAnswer> {
  const { refreshSeconds, retention, now } = sources;
  const { tier, ...grid } = chooseGrid({ ...query, now }, refreshSeconds, retention);
  const range = { from: grid.from - Math.max(runUpMs, 2 * tier.pointMs), to: Math.min(grid.to, now + 1) };
  const { partition, beside } = query;
  const [hub, group] = [seriesKey(query.hub, null), seriesKey(query.hub, query.group)];
  const keys = partition === undefined ? [group] : [group, hub];
  const { series, watchedSince, resets, fault } = await readSeries(keys, range, tier, partition, sources);
  const [ofGroup, ofHub] = series;
  const pointsOf = (samples: Parameters<typeof toPoints>[0]) => toPoints(samples, { ...grid, tier }, now);
  const chosen = beside === undefined || ofGroup === undefined ? [] : furthestBehind(ofGroup, beside);
  const lines = chosen.length === 0 ? [] : (ofGroup?.samples(chosen) ?? []);
  const own =
    partition === undefined
      ? wholeSums(ofGroup?.samples("sums") ?? [], watchedSince, now)
      : partitionSamples(
          ofGroup?.samples([partition]) ?? [],
          0,
          ofHub?.samples([partition]) ?? [],
          tier.pointMs,
          resets,
        );
  return {
    ...grid,
    points: pointsOf(own),
    beside: chosen.map((number, index) => ({
      partition: number,
      points: pointsOf(partitionSamples(lines, index, [], tier.pointMs)),
    })),
    watchedSince,
    fault,
  };
}

function wholeSums(
  samples: readonly Sample[],
  watchedSince: EpochMs | null,
  now: EpochMs,
): readonly FlatSample[] {
  const [first, last] = [samples[0], samples.at(-1)];
  return wholeSamples(samples, {
    isStart: first !== undefined && first.at <= (watchedSince ?? first.at),
    isLive: holdsUntil(last ?? null) >= now,
  });
}

interface ReadSeries {
  series: RangeOfSeries[];
  watchedSince: EpochMs | null;
  resets: ResetTime[];
  fault: Fault | null;
}

async function readSeries(
  keys: readonly SeriesKey[],
  range: { from: EpochMs; to: EpochMs },
  tier: Grid["tier"],
  partition: number | undefined,
  { database, recent }: PointsSources,
): Promise<ReadSeries> {
  try {
    const { db } = await database.engine();
    const stored = await Promise.all(
      keys.map(async (key, index) => {
        const series = await findSeries(db, key);
        if (series === null) return { chunks: [], firstAt: null };
        const firstAt = index === 0 ? await firstSampleAt(db, series) : null;
        return { chunks: await readChunks(db, series, range, tier), firstAt };
      }),
    );
    const [group] = keys;
    const resets =
      group === undefined || partition === undefined
        ? []
        : await readResetTimes(db, group, String(partition), range);
    return {
      series: keys.map((key, index) => new RangeOfSeries(stored[index]?.chunks ?? [], recent, key, range)),
      watchedSince: stored[0]?.firstAt ?? null,
      resets,
      fault: null,
    };
  } catch (error) {
    return {
      series: keys.map((key) => new RangeOfSeries([], recent, key, range)),
      watchedSince: null,
      resets: [],
      fault: toHistoryFault(error),
    };
  }
}
