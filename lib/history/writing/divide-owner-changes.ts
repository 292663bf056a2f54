import { type Kysely, sql } from "kysely";
import type { EpochMs } from "#lib/core/time.ts";
import { floorTo } from "../samples/tiers.ts";
import type { Engine } from "../storage/engine.ts";
import { areDivided, putAside } from "../storage/owner-changes-by-time.ts";
import type { Tables } from "../storage/tables.ts";
import { dayMs } from "./partition-plan.ts";
import { limitSteps, mayPass } from "./partition-steps.ts";

/** One dashboard at a time; the server frees it when the connection ends, however it ends. */
const divideLock = 0x7469646a;
/**
 * The table as it was takes changes for so long, then partitions of its successor do. Until it is exchanged, a
 * constraint refuses later ones, so this is also the time to go on after a dashboard that was killed meanwhile.
 */
const takesForMs = 30 * dayMs;
const leastLeftMs = 2 * dayMs;
/** Less, so that no refresh takes the promise from a dashboard that is about to keep it. */
const leastLeftToWriteMs = dayMs;

/**
 * Divides the changes of owners that an earlier version left in one large table: that one becomes the
 * partition of all that came so far. What reads all of it (an index, a constraint) runs beside refreshes, in
 * steps that each may be repeated; the exchange itself reads nothing. What can't be done now is left for the
 * next call.
 * @throws Error of the engine
 */
export async function divideOwnerChanges(engine: Engine, now: EpochMs): Promise<void> {
  if (engine.withoutLimits === undefined || (await areDivided(engine.db))) return;
  try {
    await engine.withoutLimits((db) => divide(db, now));
  } catch (error) {
    if (!mayPass(error)) throw error;
  }
}

/**
 * Takes back the constraint of a dashboard that was killed before its exchange, where it refuses changes of
 * owners by now or soon.
 * @throws Error of the engine, also where it can't be done just now
 */
export async function takeBackLapsedBound(engine: Engine, now: EpochMs): Promise<void> {
  if (engine.kind === "postgres") await keptBound(engine.db, now + leastLeftToWriteMs);
}

async function divide(db: Kysely<Tables>, now: EpochMs): Promise<void> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_lock(${divideLock}::bigint) as mine`.execute(db);
  if (rows[0]?.mine !== true || (await areDivided(db))) return;
  // First, since an index takes long and may fail: a lapsed one refuses what is written meanwhile.
  const kept = await keptBound(db, now + leastLeftMs);
  await buildKey(db);
  const until = kept ?? (await bound(db, now));
  await sql`alter table owner_changes validate constraint owner_changes_until`.execute(db);
  await db.transaction().execute(async (transaction) => {
    await limitSteps(transaction);
    await putAside(transaction);
    await sql`
      alter table owner_changes_past
      add constraint owner_changes_past_key primary key using index owner_changes_past_key`.execute(
      transaction,
    );
    await sql`
      alter table owner_changes attach partition owner_changes_past
      for values from (minvalue) to (${sql.lit(until)})`.execute(transaction);
    await sql`alter table owner_changes_past drop constraint owner_changes_until`.execute(transaction);
  });
}

async function buildKey(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ whole: boolean }>`
    select indisvalid as whole from pg_index
    where indexrelid = to_regclass('owner_changes_past_key')`.execute(db);
  if (rows[0]?.whole === true) return;
  // One that was broken off costs writes and serves no reads.
  if (rows.length > 0) await sql`drop index concurrently owner_changes_past_key`.execute(db);
  await sql`
    create unique index concurrently owner_changes_past_key
    on owner_changes (series_id, at, id)`.execute(db);
}

/** What a call that was broken off has promised, if it is later than `least`; else takes it back. */
async function keptBound(db: Kysely<Tables>, least: EpochMs): Promise<EpochMs | null> {
  const { rows } = await sql<{ words: string }>`
    select pg_get_constraintdef(oid) as words from pg_constraint
    where conrelid = 'owner_changes'::regclass and conname = 'owner_changes_until'`.execute(db);
  const [found] = rows;
  if (found === undefined) return null;
  const until = Number(/at < '?(\d+)/.exec(found.words)?.[1]);
  if (until > least) return until;
  await db.transaction().execute(async (transaction) => {
    await limitSteps(transaction);
    await sql`alter table owner_changes drop constraint if exists owner_changes_until`.execute(transaction);
  });
  return null;
}

async function bound(db: Kysely<Tables>, now: EpochMs): Promise<EpochMs> {
  const { newest } = await db
    .selectFrom("owner_changes")
    .select(({ fn }) => fn.max("at").as("newest"))
    .executeTakeFirstOrThrow();
  const until = floorTo(Math.max(now, newest ?? now) + takesForMs, dayMs);
  await db.transaction().execute(async (transaction) => {
    await limitSteps(transaction);
    await sql`
      alter table owner_changes
      add constraint owner_changes_until check (at < ${sql.lit(until)}) not valid`.execute(transaction);
  });
  return until;
}
