import { type Kysely, sql } from "kysely";
import type { EpochMs } from "#lib/core/time.ts";
import { hourTier, minuteTier, type Retention, rawTier } from "../samples/tiers.ts";
import type { Engine } from "../storage/engine.ts";
import type { Tables } from "../storage/tables.ts";
import { isMadeAhead, nextPartition, partitionPast, type TimePartition, widthMs } from "./partition-plan.ts";
import { takesTurn } from "./upkeep.ts";

/** A refresh that comes meanwhile waits no longer than both of these. */
const lockTimeoutMs = 200;
const statementTimeoutMs = 2_000;
const names = { [rawTier.tier]: "raw", [minuteTier.tier]: "minutes", [hourTier.tier]: "hours" } as const;
/**
 * No lock in time, a deadlock, a statement that took too long, rows that lie in the default partition, no
 * right to make tables, a name that somebody else took.
 */
const passing: readonly unknown[] = ["55P03", "40P01", "57014", "23514", "42501", "42P07"];

interface KeptTier {
  tier: keyof typeof names;
  keptMs: number;
  before: EpochMs;
}

/**
 * Makes the partitions of PostgreSQL's samples up to tomorrow's end, and drops those that are wholly past
 * their time. Each is a short transaction under the lock of the upkeep. What can't be done now is left for
 * the next call: until then the default partition takes the samples. SQLite has no partitions.
 * @throws Error of the engine
 */
export async function keepPartitions(engine: Engine, now: EpochMs, retention: Retention): Promise<void> {
  if (engine.kind === "sqlite") return;
  try {
    while (await engine.db.transaction().execute((transaction) => step(transaction, now, retention))) {}
  } catch (error) {
    if (!passing.includes((error as { code?: unknown } | null)?.code)) throw error;
  }
}

async function step(db: Kysely<Tables>, now: EpochMs, retention: Retention): Promise<boolean> {
  if (!(await takesTurn(db))) return false;
  await sql`set local lock_timeout = ${sql.lit(lockTimeoutMs)}`.execute(db);
  await sql`set local statement_timeout = ${sql.lit(statementTimeoutMs)}`.execute(db);
  const partitions = await readPartitions(db);
  const tiers = await keptTiers(db, now, retention);
  const ofTier = (tier: number) => partitions.filter((each) => each.tier === tier);
  const past = tiers
    .map(({ tier, before }) => partitionPast(ofTier(tier), before))
    .find((one) => one !== null);
  if (past !== undefined) {
    await sql`drop table ${sql.raw(past.name)}`.execute(db);
    return true;
  }
  const due = tiers.find(({ tier }) => !isMadeAhead(ofTier(tier), now));
  if (due === undefined) return false;
  const newest = (until: EpochMs) => newestInRest(db, due.tier, until);
  await make(db, due.tier, await nextPartition(ofTier(due.tier), newest, widthMs(due.keptMs), now));
  return true;
}

async function make(
  db: Kysely<Tables>,
  tier: KeptTier["tier"],
  { from, to }: Pick<TimePartition, "from" | "to">,
): Promise<void> {
  const date = new Date(from).toISOString().slice(0, 10).replaceAll("-", "");
  await sql`
    create table ${sql.table(`chunks_${names[tier]}_${date}`)} partition of chunks
    for values from (${sql.lit(tier)}, ${sql.lit(from)}) to (${sql.lit(tier)}, ${sql.lit(to)})`.execute(db);
}

/** Samples that are not yet rolled up stay, as they do in the row-by-row upkeep. */
async function keptTiers(db: Kysely<Tables>, now: EpochMs, retention: Retention): Promise<KeptTier[]> {
  const { minutes, hours } = await db
    .selectFrom("series")
    .select(({ fn }) => [fn.min("minutes_until").as("minutes"), fn.min("hours_until").as("hours")])
    .executeTakeFirstOrThrow();
  const { rawMs, minutesMs, hoursMs } = retention;
  return [
    { tier: rawTier.tier, keptMs: rawMs, before: Math.min(now - rawMs, minutes ?? now) },
    { tier: minuteTier.tier, keptMs: minutesMs, before: Math.min(now - minutesMs, hours ?? now) },
    { tier: hourTier.tier, keptMs: hoursMs, before: now - hoursMs },
  ];
}

/** Partitions with other bounds than ours are not touched. Names come quoted as far as they need it. */
async function readPartitions(db: Kysely<Tables>): Promise<TimePartition[]> {
  const { rows } = await sql<{ name: string; bounds: string }>`
    select child.oid::regclass::text as name, pg_get_expr(child.relpartbound, child.oid) as bounds
    from pg_inherits join pg_class child on child.oid = pg_inherits.inhrelid
    where pg_inherits.inhparent = 'chunks'::regclass`.execute(db);
  return rows.flatMap(({ name, bounds }) => {
    const found = /^FOR VALUES FROM \((\d+), '?(\d+)'?\) TO \((\d+), '?(\d+)'?\)$/.exec(bounds);
    if (found === null || found[1] !== found[3]) return [];
    return [{ name, tier: Number(found[1]), from: Number(found[2]), to: Number(found[4]) }];
  });
}

async function newestInRest(db: Kysely<Tables>, tier: number, before: EpochMs): Promise<EpochMs | null> {
  const { newest } = await db
    .selectFrom("chunks_rest as rest")
    .select(({ fn }) => fn.max("starts_at").as("newest"))
    .where("tier", "=", tier)
    .where("starts_at", "<", before)
    .executeTakeFirstOrThrow();
  return newest;
}
