import type { EpochMs } from "#lib/core/time.ts";
import { decodeChunk, type PartitionPick } from "../samples/codec.ts";
import type { Sample } from "../samples/sample.ts";
import { hourTier, minuteTier, rawTier, type Tier } from "../samples/tiers.ts";
import type { Engine } from "../storage/engine.ts";
import type { SeriesKey } from "../writing/refresh-batch.ts";

export interface StoredSeries {
  id: number;
  minutes_until: EpochMs;
  hours_until: EpochMs;
}

export interface StoredChunk {
  startsAt: EpochMs;
  data: Uint8Array;
  pointMs: number;
  from: EpochMs;
  to: EpochMs;
}

export async function findSeries(db: Engine["db"], key: SeriesKey): Promise<StoredSeries | null> {
  const found = await db
    .selectFrom("series")
    .select(["id", "minutes_until", "hours_until"])
    .where("hub", "=", key.hub)
    .where("address", "=", key.address)
    .where("store", "=", key.store)
    .where("consumer_group", "=", key.consumer_group)
    .executeTakeFirst();
  return found ?? null;
}

/**
 * Reads a series' stored samples, oldest first: from the given tier as far as rolled up, newer ones from
 * finer tiers.
 */
export async function readChunks(
  db: Engine["db"],
  series: StoredSeries,
  range: { from: EpochMs; to: EpochMs },
  tier: Tier,
): Promise<StoredChunk[]> {
  const found: StoredChunk[] = [];
  let from = range.from;
  for (const each of [hourTier, minuteTier, rawTier].filter((finer) => finer.tier <= tier.tier)) {
    const until = Math.min(range.to, rolledUntil(series, each));
    if (until <= from) continue;
    const chunks = await db
      .selectFrom("chunks")
      .select(["starts_at", "data"])
      .where("series_id", "=", series.id)
      .where("tier", "=", each.tier)
      .where("starts_at", ">", from - each.chunkMs)
      .where("starts_at", "<", until)
      .orderBy("starts_at")
      .execute();
    const { pointMs } = each;
    for (const { starts_at: startsAt, data } of chunks)
      found.push({ startsAt, data, pointMs, from, to: until });
    from = until;
  }
  return found;
}

export function unpack(
  chunks: readonly StoredChunk[],
  pick: PartitionPick,
  isWanted: (at: EpochMs) => boolean = () => true,
): Sample[] {
  return chunks.flatMap(({ startsAt, data, pointMs, from, to }) => {
    const samples = decodeChunk(data, startsAt, pick, (at) => at >= from && at < to && isWanted(at));
    if (pointMs > 0) for (const sample of samples) sample.pointMs = pointMs;
    return samples;
  });
}

export async function firstSampleAt(db: Engine["db"], { id }: StoredSeries): Promise<EpochMs | null> {
  const oldest = await Promise.all(
    [rawTier, minuteTier, hourTier].map(({ tier }) =>
      db
        .selectFrom("chunks")
        .select(["starts_at", "data"])
        .where("series_id", "=", id)
        .where("tier", "=", tier)
        .orderBy("starts_at")
        .limit(1)
        .executeTakeFirst(),
    ),
  );
  const times = oldest.flatMap((chunk) => {
    const first = chunk && decodeChunk(chunk.data, chunk.starts_at, "sums")[0];
    return first === undefined ? [] : [first.at];
  });
  return times.length === 0 ? null : Math.min(...times);
}

export async function lastSampleAt(db: Engine["db"], seriesId: number): Promise<EpochMs | null> {
  const newest = await db
    .selectFrom("chunks")
    .select(["starts_at", "data"])
    .where("series_id", "=", seriesId)
    .where("tier", "=", rawTier.tier)
    .orderBy("starts_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return newest === undefined
    ? null
    : (decodeChunk(newest.data, newest.starts_at, "sums").at(-1)?.at ?? null);
}

function rolledUntil(series: StoredSeries, { tier }: Tier): EpochMs {
  if (tier === hourTier.tier) return series.hours_until;
  return tier === minuteTier.tier ? series.minutes_until : Number.POSITIVE_INFINITY;
}
