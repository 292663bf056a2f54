import { type Kysely, sql } from "kysely";
import type { EpochMs } from "#lib/core/time.ts";
import { hourTier, minuteTier, type Retention, rawTier } from "../samples/tiers.ts";
import type { Engine } from "../storage/engine.ts";
import { areDivided } from "../storage/owner-changes-by-time.ts";
import type { Tables } from "../storage/tables.ts";
import { isMadeAhead, nextPartition, partitionsPast, type TimePartition, widthMs } from "./partition-plan.ts";
import { limitSteps, mayPass } from "./partition-steps.ts";
import { takesTurn } from "./upkeep.ts";

/** Moved in a fraction of a second. */
const mostLastOwners = 20_000;

/** A table that is divided by time, or a tier of it. `name` begins the names of its partitions. */
interface Divided {
  table: "chunks" | "owner_changes";
  tier: number | null;
  name: (typeof names)[number];
  keptMs: number;
  before: EpochMs;
}

type Step = (db: Kysely<Tables>, divided: Divided, now: EpochMs) => Promise<boolean>;

const names = ["chunks_raw", "chunks_minutes", "chunks_hours", "owner_changes"] as const;

/**
 * Makes the partitions of PostgreSQL's samples and changes of owners up to tomorrow's end, and drops those
 * that are wholly past their time. Each is a short transaction under the lock of the upkeep. What can't be
 * done now is left for the next call and holds up nothing else: until then the default partition takes what
 * comes. SQLite has no partitions.
 * @throws Error of the engine
 */
export async function keepPartitions(engine: Engine, now: EpochMs, retention: Retention): Promise<void> {
  if (engine.kind === "sqlite") return;
  for (const name of names) {
    for (const step of [dropPast, makeAhead]) {
      const once = async (db: Kysely<Tables>) => {
        if (!(await takesTurn(db))) return false;
        await limitSteps(db);
        const divided = (await dividedTables(db, now, retention)).find((each) => each.name === name);
        return divided !== undefined && (await step(db, divided, now));
      };
      try {
        while (await engine.db.transaction().execute(once)) {}
      } catch (error) {
        if (!mayPass(error)) throw error;
      }
    }
  }
}

const dropPast: Step = async (db, divided) => {
  for (const past of partitionsPast(await readPartitions(db, divided), divided.before)) {
    if (await drop(db, divided, past)) return true;
  }
  return false;
};

const makeAhead: Step = async (db, divided, now) => {
  const partitions = await readPartitions(db, divided);
  if (isMadeAhead(partitions, now)) return false;
  const newest = (until: EpochMs) => newestInRest(db, divided, until);
  await make(db, divided, await nextPartition(partitions, newest, widthMs(divided.keptMs), now));
  return true;
};

async function make(
  db: Kysely<Tables>,
  { table, tier, name }: Divided,
  { from, to }: Pick<TimePartition, "from" | "to">,
): Promise<void> {
  const date = new Date(from).toISOString().slice(0, 10).replaceAll("-", "");
  const bounds = (at: EpochMs) => sql.join((tier === null ? [at] : [tier, at]).map((each) => sql.lit(each)));
  await sql`
    create table ${sql.table(`${name}_${date}`)} partition of ${sql.table(table)}
    for values from (${bounds(from)}) to (${bounds(to)})`.execute(db);
}

async function drop(db: Kysely<Tables>, { table }: Divided, past: TimePartition): Promise<boolean> {
  if (table === "owner_changes" && !(await takeLastOwners(db, past))) return false;
  await sql`drop table ${sql.raw(past.name)}`.execute(db);
  return true;
}

/**
 * Each partition's last change is kept, however old: its span is still open. False while there are too many
 * of them to move at once.
 */
async function takeLastOwners(db: Kysely<Tables>, { name, from, to }: TimePartition): Promise<boolean> {
  const { count } = await db
    .selectFrom("owner_states")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("since", "<", to)
    .$if(Number.isFinite(from), (states) => states.where("since", ">=", from))
    .executeTakeFirstOrThrow();
  if (count > mostLastOwners) return false;
  await sql`alter table owner_changes detach partition ${sql.raw(name)}`.execute(db);
  await sql`
    insert into owner_changes
      (id, series_id, partition_id, at, uncertainty_ms, kind, owner_id, previous_owner_id, unobserved)
    select past.id, past.series_id, past.partition_id, past.at, past.uncertainty_ms, past.kind, past.owner_id,
      past.previous_owner_id, past.unobserved
    from owner_states as state join ${sql.raw(name)} as past
      on past.series_id = state.series_id and past.partition_id = state.partition_id and past.at >= state.since
    where state.since < ${to}`.execute(db);
  return true;
}

/** Samples that are not yet rolled up stay, as they do in the row-by-row upkeep. */
async function dividedTables(db: Kysely<Tables>, now: EpochMs, retention: Retention): Promise<Divided[]> {
  const { minutes, hours } = await db
    .selectFrom("series")
    .select(({ fn }) => [fn.min("minutes_until").as("minutes"), fn.min("hours_until").as("hours")])
    .executeTakeFirstOrThrow();
  const { rawMs, minutesMs, hoursMs } = retention;
  const table = "chunks";
  const untilRolled = Math.min(now - rawMs, minutes ?? now);
  const untilHours = Math.min(now - minutesMs, hours ?? now);
  const past = now - hoursMs;
  return [
    { table, tier: rawTier.tier, name: "chunks_raw", keptMs: rawMs, before: untilRolled },
    { table, tier: minuteTier.tier, name: "chunks_minutes", keptMs: minutesMs, before: untilHours },
    { table, tier: hourTier.tier, name: "chunks_hours", keptMs: hoursMs, before: past },
    ...((await areDivided(db))
      ? [
          {
            table: "owner_changes",
            tier: null,
            name: "owner_changes",
            keptMs: hoursMs,
            before: past,
          } as const,
        ]
      : []),
  ];
}

const bounds = /^FOR VALUES FROM \((?:(\d+), )?(?:MINVALUE|'?(\d+)'?)\) TO \((?:(\d+), )?'?(\d+)'?\)$/;

/** Partitions with other bounds than ours are not touched. Names come quoted as far as they need it. */
async function readPartitions(db: Kysely<Tables>, { table, tier }: Divided): Promise<TimePartition[]> {
  const { rows } = await sql<{ name: string; bounds: string }>`
    select child.oid::regclass::text as name, pg_get_expr(child.relpartbound, child.oid) as bounds
    from pg_inherits join pg_class child on child.oid = pg_inherits.inhrelid
    where pg_inherits.inhparent = ${table}::regclass`.execute(db);
  const ofTier = tier === null ? undefined : String(tier);
  return rows.flatMap(({ name, bounds: words }) => {
    const found = bounds.exec(words);
    if (found === null || found[1] !== ofTier || found[3] !== ofTier) return [];
    return [{ name, from: Number(found[2] ?? Number.NEGATIVE_INFINITY), to: Number(found[4]) }];
  });
}

async function newestInRest(
  db: Kysely<Tables>,
  { table, tier }: Divided,
  before: EpochMs,
): Promise<EpochMs | null> {
  const time = sql.ref(table === "chunks" ? "starts_at" : "at");
  const { rows } = await sql<{ newest: EpochMs | null }>`
    select max(${time}) as newest from ${sql.table(`${table}_rest`)}
    where ${time} < ${before} ${tier === null ? sql`` : sql`and tier = ${tier}`}`.execute(db);
  return rows[0]?.newest ?? null;
}
