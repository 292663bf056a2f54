import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { Fault } from "#lib/api/errors.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { toHistoryFault } from "../fault.ts";
import type { PartitionPick } from "../samples/codec.ts";
import { chooseGrid, type Grid } from "../samples/grid.ts";
import { partitionSamples } from "../samples/partition-samples.ts";
import { type HistoryPoint, toPoints } from "../samples/points.ts";
import type { Sample } from "../samples/sample.ts";
import type { Retention } from "../samples/tiers.ts";
import type { Database } from "../storage/database.ts";
import type { RecentBatches } from "../writing/recent-batches.ts";
import { type SeriesKey, seriesKey } from "../writing/refresh-batch.ts";
import { findSeries, readSamples } from "./read-samples.ts";

/** What holds or rates the first point may come from so much before it. */
const runUpMs = 150_000;

export interface PointsQuery {
  hub: Pick<EventHub, "id" | "fullyQualifiedNamespace" | "eventHubName">;
  group: Pick<ConsumerGroup, "store" | "name">;
  from: EpochMs;
  to: EpochMs;
  /** At most about so many. */
  points: number;
  /** A partition's number; undefined: the sum over all. */
  partition: number | undefined;
}

export interface PointsAnswer extends Omit<Grid, "tier"> {
  points: HistoryPoint[];
  /** Why only what memory has is there; null where the database was read. */
  fault: Fault | null;
}

export interface PointsSources {
  database: Database;
  recent: RecentBatches;
  refreshSeconds: number;
  retention: Retention;
  now: EpochMs;
}

/** A range of a group, or of one of its partitions, from the database and from what is not written yet. */
export async function readPoints(query: PointsQuery, sources: PointsSources): Promise<PointsAnswer> {
  const { refreshSeconds, retention, now } = sources;
  const { tier, ...grid } = chooseGrid({ ...query, now }, refreshSeconds, retention);
  const range = { from: grid.from - Math.max(runUpMs, 2 * tier.pointMs), to: Math.min(grid.to, now + 1) };
  const { partition } = query;
  const pick = partition ?? "sums";
  const [hub, group] = [seriesKey(query.hub, null), seriesKey(query.hub, query.group)];
  const keys = partition === undefined ? [group] : [group, hub];
  const { samples, fault } = await readSeries(keys, range, tier, pick, sources);
  const [ofGroup = [], ofHub = []] = samples;
  const flat = partition === undefined ? ofGroup : partitionSamples(ofGroup, ofHub, tier.pointMs);
  return { ...grid, points: toPoints(flat, { ...grid, tier }, now), fault };
}

async function readSeries(
  keys: readonly SeriesKey[],
  range: { from: EpochMs; to: EpochMs },
  tier: Grid["tier"],
  pick: PartitionPick,
  { database, recent }: PointsSources,
): Promise<{ samples: Sample[][]; fault: Fault | null }> {
  let stored: Sample[][] = keys.map(() => []);
  let fault: Fault | null = null;
  try {
    const { db } = await database.engine();
    stored = await Promise.all(
      keys.map(async (key) => {
        const series = await findSeries(db, key);
        return series === null ? [] : await readSamples(db, series, range, tier, pick);
      }),
    );
  } catch (error) {
    fault = toHistoryFault(error);
  }
  const samples = keys.map((key, index) => {
    const known = stored[index] ?? [];
    const after = known.at(-1)?.at ?? range.from - 1;
    return [...known, ...recent.samples(key, after, pick).filter(({ at }) => at < range.to)];
  });
  return { samples, fault };
}
