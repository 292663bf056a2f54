import type { EventHub } from "#lib/api/event-hub.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { newPastPositions, pastMs, pastSpacingMs } from "#lib/lag/past-positions.ts";
import { PositionRing } from "#lib/lag/positions.ts";
import { readChunks, type StoredSeries, unpack } from "../reading/read-samples.ts";
import { decodeChunk } from "../samples/codec.ts";
import type { Sample } from "../samples/sample.ts";
import { minuteTier, rawTier } from "../samples/tiers.ts";
import type { Engine } from "../storage/engine.ts";
import { type SeriesKey, seriesKey } from "../writing/refresh-batch.ts";
import { decodeBeginnings } from "./beginning-codec.ts";
import { readGoneGroups } from "./gone-groups.ts";
import { decodeGroup, type RememberedGroup } from "./group-codec.ts";
import type { RecalledHub } from "./remembered.ts";

export type RecalledFor = Pick<EventHub, "id" | "fullyQualifiedNamespace" | "eventHubName">;

const recalledRefreshes = 360;
const longestMs = 60 * 60_000;

/**
 * Returns what a hub's last refreshes left; nothing if it was never recorded, or under another address.
 * Unknown forms count as nothing: statuses then need a few commits.
 */
export async function recallHub(engine: Engine, hub: RecalledFor, refreshMs: number): Promise<RecalledHub> {
  const { db } = engine;
  const key = seriesKey(hub, null);
  const rows = await db
    .selectFrom("series")
    .leftJoin("remembered", "remembered.series_id", "series.id")
    .select(["id", "store", "consumer_group", "minutes_until", "hours_until", "data"])
    .where("hub", "=", key.hub)
    .where("address", "=", key.address)
    .execute();
  const own = rows.find(({ store, consumer_group }) => store === "" && consumer_group === "");
  const samples = own === undefined ? [] : await lastSamples(db, own, refreshMs);
  const lastAt = samples.at(-1)?.at ?? null;
  const past = own === undefined || lastAt === null ? [] : await pastSamples(db, own, lastAt, refreshMs);
  const seen = await lastSeen(engine, key);
  return {
    lastAt,
    gone: await readGoneGroups(engine, hub),
    positions: positionsOf(samples, () => new PositionRing()),
    pastPositions: positionsOf(past, () => newPastPositions(refreshMs)),
    beginnings: own?.data ? decoded(own.data, decodeBeginnings, new Map()) : new Map(),
    groups: rows
      .filter((row) => row !== own)
      .flatMap(({ id, store, consumer_group: consumerGroup, data }) =>
        data === null
          ? []
          : [
              {
                store,
                consumerGroup,
                lastSeenAt: seen.get(id) ?? null,
                ...decoded(data, decodeGroup, noGroup),
              },
            ],
      ),
  };
}

async function lastSeen({ db }: Engine, { hub, address }: SeriesKey): Promise<Map<number, EpochMs>> {
  const rows = await db
    .selectFrom("series")
    .innerJoin("chunks", "chunks.series_id", "series.id")
    .select(({ fn }) => ["series.id", fn.max("chunks.starts_at").as("at")])
    .where("hub", "=", hub)
    .where("address", "=", address)
    .where("consumer_group", "!=", "")
    .groupBy("series.id")
    .execute();
  return new Map(rows.map(({ id, at }) => [id, Number(at)]));
}

async function lastSamples(db: Engine["db"], series: StoredSeries, refreshMs: number): Promise<Sample[]> {
  const newest = await db
    .selectFrom("chunks")
    .select(["starts_at", "data"])
    .where("series_id", "=", series.id)
    .where("tier", "=", rawTier.tier)
    .orderBy("starts_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (newest === undefined) return [];
  // A slowed hub was read less often than configured.
  const { holdsSeconds = 0 } = decodeChunk(newest.data, newest.starts_at, "sums").at(-1) ?? {};
  const periodMs = Math.max(refreshMs, holdsSeconds * 1000);
  const from = newest.starts_at - Math.min(longestMs, recalledRefreshes * periodMs);
  const range = { from, to: newest.starts_at + rawTier.chunkMs };
  return unpack(await readChunks(db, series, range, rawTier), "all").slice(-recalledRefreshes);
}

async function pastSamples(
  db: Engine["db"],
  series: StoredSeries,
  lastAt: EpochMs,
  refreshMs: number,
): Promise<Sample[]> {
  const spacingMs = pastSpacingMs(refreshMs);
  const range = { from: lastAt - pastMs(refreshMs), to: lastAt + 1 };
  let before = Number.NEGATIVE_INFINITY;
  return unpack(await readChunks(db, series, range, minuteTier), "all", (at) => {
    if (at < before + spacingMs) return false;
    before = at;
    return true;
  });
}

/** A hub's samples hold sequence numbers plus one. */
function positionsOf(samples: readonly Sample[], newRing: () => PositionRing): Map<string, PositionRing> {
  const rings = new Map<string, PositionRing>();
  for (const { at, partitions } of samples) {
    for (const [index, { value }] of partitions.entries()) {
      if (value === null) continue;
      const partitionId = String(index);
      const ring = rings.get(partitionId) ?? newRing();
      rings.set(partitionId, ring);
      ring.add(value - 1, at satisfies EpochMs);
    }
  }
  return rings;
}

const noGroup: RememberedGroup = {
  commits: new Map(),
  losses: new Map(),
  renewalSeconds: null,
  partitions: new Map(),
  hadBlob: false,
  wasRead: false,
};

function decoded<T>(data: Uint8Array, decode: (data: Uint8Array) => T, nothing: T): T {
  try {
    return decode(data);
  } catch {
    return nothing;
  }
}
