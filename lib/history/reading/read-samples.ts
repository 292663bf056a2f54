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
 * A series' samples of a time, oldest first: from the tier asked for as far as that is rolled up, the newer
 * ones from the finer tiers.
 */
export async function readSamples(
  db: Engine["db"],
  series: StoredSeries,
  range: { from: EpochMs; to: EpochMs },
  tier: Tier,
  pick: PartitionPick,
): Promise<Sample[]> {
  const samples: Sample[] = [];
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
    for (const { starts_at, data } of chunks) {
      for (const sample of decodeChunk(data, starts_at, pick)) {
        if (sample.at >= from && sample.at < until) samples.push(sample);
      }
    }
    from = until;
  }
  return samples;
}

function rolledUntil(series: StoredSeries, { tier }: Tier): EpochMs {
  if (tier === hourTier.tier) return series.hours_until;
  return tier === minuteTier.tier ? series.minutes_until : Number.POSITIVE_INFINITY;
}
