import { type Kysely, sql } from "kysely";
import type { EpochMs } from "#lib/core/time.ts";
import { decodeChunk, encodeSample } from "../samples/codec.ts";
import { rollUp } from "../samples/roll-up.ts";
import type { Sample } from "../samples/sample.ts";
import { floorTo, hourTier, minuteTier, type Retention, rawTier, type Tier } from "../samples/tiers.ts";
import type { Engine } from "../storage/engine.ts";
import type { Tables } from "../storage/tables.ts";

/** An hour is rolled up this long after its end, when its last refresh is written. */
export const graceMs = 2 * 60_000;
const sweptChunks = 4;
/** One dashboard at a time does upkeep on a shared PostgreSQL. */
const upkeepLock = 0x74696466;
/** The chunks that are forgotten row by row: on PostgreSQL those that no partition of a time holds. */
const sweptTable = { sqlite: "chunks", postgres: "chunks_rest" } as const;

type OwnersTable = "owner_changes" | "owner_changes_past" | "owner_changes_rest";
type ChunksTable = "chunks" | "chunks_rest";
type Due = Pick<Tables["series"], "minutes_until" | "hours_until"> & { id: number };

/**
 * One small transaction: rolls up an hour (and a completed day) of the series that waits longest, and deletes
 * what is too old. False if nothing is due.
 */
export async function upkeepStep({ db, kind }: Engine, now: EpochMs, retention: Retention): Promise<boolean> {
  return await db.transaction().execute(async (transaction) => {
    if (kind === "postgres" && !(await takesTurn(transaction))) return false;
    const due = await transaction
      .selectFrom("series")
      .select(["id", "minutes_until", "hours_until"])
      .where("minutes_until", "<=", now - graceMs - minuteTier.chunkMs)
      .orderBy("minutes_until")
      .orderBy("id")
      .limit(1)
      // Late samples wait for the hour and then cause it to be rolled up again.
      .$if(kind === "postgres", (one) => one.forUpdate())
      .executeTakeFirst();
    if (due === undefined) return false;
    const minutesUntil = await rollHour(transaction, due, now);
    const hoursUntil = await rollDay(transaction, due, minutesUntil);
    await transaction
      .updateTable("series")
      .set({ minutes_until: minutesUntil, hours_until: hoursUntil })
      .where("id", "=", due.id)
      .execute();
    const swept = { id: due.id, table: sweptTable[kind] };
    await sweep(transaction, swept, rawTier, Math.min(now - retention.rawMs, minutesUntil));
    await sweep(transaction, swept, minuteTier, Math.min(now - retention.minutesMs, hoursUntil));
    await sweep(transaction, swept, hourTier, now - retention.hoursMs);
    for (const table of await sweptOwnerTables(transaction, kind))
      await sweepOwnerChanges(transaction, { id: due.id, table }, now - retention.hoursMs);
    return true;
  });
}

export async function takesTurn(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${upkeepLock}::bigint) as mine`.execute(db);
  return rows[0]?.mine === true;
}

/** Returns the new end of minutes: one hour on, or past a gap to the next samples. */
async function rollHour(
  db: Kysely<Tables>,
  { id, minutes_until: from }: Due,
  now: EpochMs,
): Promise<EpochMs> {
  const end = floorTo(now - graceMs, minuteTier.chunkMs);
  const next = await firstStart(db, id, rawTier, from);
  const hour = next === null ? end : Math.min(end, floorTo(next, minuteTier.chunkMs));
  if (hour >= end) return end;
  await rollChunk(db, id, rawTier, minuteTier, hour);
  return hour + minuteTier.chunkMs;
}

async function rollDay(db: Kysely<Tables>, due: Due, minutesUntil: EpochMs): Promise<EpochMs> {
  const end = floorTo(minutesUntil, hourTier.chunkMs);
  if (due.hours_until >= end) return due.hours_until;
  const next = await firstStart(db, due.id, minuteTier, due.hours_until);
  const day = next === null ? end : Math.min(end, floorTo(next, hourTier.chunkMs));
  if (day >= end) return end;
  await rollChunk(db, due.id, minuteTier, hourTier, day);
  return day + hourTier.chunkMs;
}

/** Rolls one chunk up from the finer tier. Repeating it gives the same row. */
async function rollChunk(
  db: Kysely<Tables>,
  id: number,
  from: Tier,
  to: Tier,
  start: EpochMs,
): Promise<void> {
  const range = { id, tier: from, start, end: start + to.chunkMs };
  const chunks = await readChunks(db, range);
  const samples = chunks
    .flatMap(({ starts_at, data }) => decodeChunk(data, starts_at, "all"))
    .sort((a, b) => a.at - b.at);
  await replaceChunk(db, { id, tier: to, start }, rollUp(samples, to.pointMs));
  if (from.tier !== rawTier.tier || chunks.length < 2) return;
  // One raw row per hour takes a third less than many small ones.
  await deleteChunks(db, range);
  await replaceChunk(db, { id, tier: from, start }, samples);
}

interface ChunkRange {
  id: number;
  tier: Tier;
  start: EpochMs;
  end: EpochMs;
}

function readChunks(db: Kysely<Tables>, { id, tier, start, end }: ChunkRange) {
  return db
    .selectFrom("chunks")
    .select(["starts_at", "data"])
    .where("series_id", "=", id)
    .where("tier", "=", tier.tier)
    .where("starts_at", ">=", start)
    .where("starts_at", "<", end)
    .orderBy("starts_at")
    .execute();
}

function deleteChunks(
  db: Kysely<Tables>,
  { id, tier, start, end }: ChunkRange,
  table: ChunksTable = "chunks",
) {
  return db
    .deleteFrom(table)
    .where("series_id", "=", id)
    .where("tier", "=", tier.tier)
    .where("starts_at", ">=", start)
    .where("starts_at", "<", end)
    .execute();
}

async function replaceChunk(
  db: Kysely<Tables>,
  { id, tier, start }: Omit<ChunkRange, "end">,
  samples: readonly Sample[],
): Promise<void> {
  if (samples.length === 0) return;
  const data = Buffer.concat(samples.map((sample) => encodeSample(sample, start)));
  await db
    .insertInto("chunks")
    .values({ series_id: id, tier: tier.tier, starts_at: start, data })
    .onConflict((conflict) => conflict.columns(["series_id", "tier", "starts_at"]).doUpdateSet({ data }))
    .execute();
}

async function firstStart(
  db: Kysely<Tables>,
  id: number,
  { tier }: Tier,
  from: EpochMs,
  table: ChunksTable = "chunks",
): Promise<EpochMs | null> {
  const first = await db
    .selectFrom(table)
    .select("starts_at")
    .where("series_id", "=", id)
    .where("tier", "=", tier)
    .where("starts_at", ">=", from)
    .orderBy("starts_at")
    .limit(1)
    .executeTakeFirst();
  return first?.starts_at ?? null;
}

async function sweep(
  db: Kysely<Tables>,
  { id, table }: { id: number; table: ChunksTable },
  tier: Tier,
  before: EpochMs,
): Promise<void> {
  const oldest = await firstStart(db, id, tier, 0, table);
  if (oldest === null || oldest > before - tier.chunkMs) return;
  const end = Math.min(before - tier.chunkMs, oldest + sweptChunks * tier.chunkMs) + 1;
  await deleteChunks(db, { id, tier, start: oldest, end }, table);
}

/** Changes of owners that are forgotten row by row: on PostgreSQL those that no partition of a time holds. */
async function sweptOwnerTables(db: Kysely<Tables>, kind: Engine["kind"]): Promise<OwnersTable[]> {
  if (kind === "sqlite") return ["owner_changes"];
  const { rows } = await sql<{ name: OwnersTable }>`
    select name from unnest(array['owner_changes_past', 'owner_changes_rest']) as name
    where to_regclass(name) is not null`.execute(db);
  return rows.length === 0 ? ["owner_changes"] : rows.map(({ name }) => name);
}

/** Keeps each partition's last change, however old: its span is still open. */
async function sweepOwnerChanges(
  db: Kysely<Tables>,
  { id, table }: { id: number; table: OwnersTable },
  before: EpochMs,
): Promise<void> {
  await db
    .deleteFrom(`${table} as change`)
    .where("series_id", "=", id)
    .where("at", "<", before)
    .where(({ eb, selectFrom }) =>
      eb(
        "at",
        "<",
        selectFrom("owner_states")
          .select("since")
          .whereRef("owner_states.series_id", "=", "change.series_id")
          .whereRef("owner_states.partition_id", "=", "change.partition_id"),
      ),
    )
    .execute();
}
