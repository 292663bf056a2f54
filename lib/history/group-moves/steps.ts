import type { Kysely } from "kysely";
import type { EpochMs } from "#lib/core/time.ts";
import { type ActivityEntry, insertActivity } from "../activity.ts";
import type { Engine } from "../storage/engine.ts";
import type { Tables } from "../storage/tables.ts";
import type { GroupMoveEntryRecord, GroupMoveHead, GroupMoveRecord } from "./group-move-record.ts";
import { entryColumns, headRow, toEntry, toHead } from "./rows.ts";

const rowsPerStatement = 100;

type Heads = ReturnType<typeof headsOf>;

function headsOf(db: Kysely<Tables>) {
  return db
    .selectFrom("group_moves")
    .selectAll("group_moves")
    .select(({ selectFrom }) =>
      selectFrom("group_moves as undo")
        .select("undo.id")
        .whereRef("undo.undoes", "=", "group_moves.id")
        .where("undo.started_at", "is not", null)
        .orderBy("undo.started_at", "desc")
        .limit(1)
        .as("undone_by"),
    )
    .orderBy("created_at", "desc")
    .orderBy("id");
}

export async function selectHeads({ db }: Engine, narrow: (rows: Heads) => Heads): Promise<GroupMoveHead[]> {
  return (await narrow(headsOf(db)).execute()).map(toHead);
}

export async function selectGroupMove(engine: Engine, id: string): Promise<GroupMoveRecord | null> {
  const rows = await engine.db
    .selectFrom("group_move_entries")
    .selectAll()
    .where("group_move_id", "=", id)
    .orderBy("ordinal")
    .execute();
  const [head] = await selectHeads(engine, (heads) => heads.where("id", "=", id));
  return head === undefined ? null : { ...head, entries: rows.map(toEntry) };
}

export async function insertGroupMove(engine: Engine, { entries, ...head }: GroupMoveRecord): Promise<void> {
  await engine.db.transaction().execute(async (db) => {
    await db.insertInto("group_moves").values(headRow(head)).execute();
    for (let start = 0; start < entries.length; start += rowsPerStatement) {
      const rows = entries.slice(start, start + rowsPerStatement).map((entry, index) => ({
        group_move_id: head.id,
        ordinal: start + index,
        ...entryColumns(entry),
      }));
      await db.insertInto("group_move_entries").values(rows).execute();
    }
  });
}

export async function noteEntry(
  engine: Engine,
  id: string,
  instance: string,
  ordinal: number,
  entry: GroupMoveEntryRecord,
): Promise<boolean> {
  return engine.db.transaction().execute(async (db) => {
    if (!(await touch(db, id, instance, {}))) return false;
    await db
      .updateTable("group_move_entries")
      .set(entryColumns(entry))
      .where("group_move_id", "=", id)
      .where("ordinal", "=", ordinal)
      .execute();
    return true;
  });
}

export interface GroupMoveStep {
  state: GroupMoveHead["state"];
  expiresAt?: EpochMs;
  endedAt?: EpochMs;
  plansUntil: EpochMs;
  activity?: ActivityEntry;
}

export async function stepOn(
  engine: Engine,
  id: string,
  instance: string,
  { state, expiresAt, endedAt, plansUntil, activity }: GroupMoveStep,
): Promise<boolean> {
  return engine.db.transaction().execute(async (db) => {
    const columns = {
      state,
      ...(expiresAt !== undefined && { expires_at: expiresAt }),
      ...(endedAt !== undefined && { ended_at: endedAt }),
    };
    if (!(await touch(db, id, instance, columns))) return false;
    await keepPlans(db, id, plansUntil);
    if (activity) await insertActivity({ ...engine, db }, activity);
    return true;
  });
}

export interface BeginGroupMove {
  ownerKey: string;
  instance: string;
  now: EpochMs;
  plansUntil: EpochMs;
  activity: ActivityEntry;
}

/** Begins one that is planned and has not expired; false: it is no longer so. Can be repeated. */
export async function beginGroupMove(engine: Engine, id: string, begin: BeginGroupMove): Promise<boolean> {
  const { ownerKey, instance, now, plansUntil, activity } = begin;
  return engine.db.transaction().execute(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable("group_moves")
      .set((row) => ({ state: "running", started_at: now, instance, heartbeat: row("heartbeat", "+", 1) }))
      .where("id", "=", id)
      .where("owner_key", "=", ownerKey)
      .where("state", "=", "planned")
      .where("expires_at", ">", now)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) {
      const begun = db
        .selectFrom("group_moves")
        .select("id")
        .where("id", "=", id)
        .where("started_at", "=", now);
      return (await begun.where("instance", "=", instance).executeTakeFirst()) !== undefined;
    }
    await keepPlans(db, id, plansUntil);
    await insertActivity({ ...engine, db }, activity);
    return true;
  });
}

export async function askGroupMoveToStop(
  engine: Engine,
  id: string,
  asked: NonNullable<GroupMoveHead["stopAsked"]>,
  activity: ActivityEntry,
): Promise<boolean> {
  return engine.db.transaction().execute(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable("group_moves")
      .set({ stop_asked: JSON.stringify(asked) })
      .where("id", "=", id)
      .where("state", "in", ["planning", "running"])
      .executeTakeFirst();
    if (numUpdatedRows === 1n) await insertActivity({ ...engine, db }, activity);
    return numUpdatedRows === 1n;
  });
}

/** Makes `to` the runner, unless the one seen is alive after all or somebody else was quicker. */
export async function takeOverGroupMove(
  { db }: Engine,
  id: string,
  from: Pick<GroupMoveHead, "instance" | "heartbeat">,
  to: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("group_moves")
    .set((row) => ({ instance: to, heartbeat: row("heartbeat", "+", 1) }))
    .where("id", "=", id)
    .where("instance", "=", from.instance)
    .where("heartbeat", "=", from.heartbeat)
    .where("state", "in", ["planning", "running"])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

type Columns = Partial<{ state: string; expires_at: number; ended_at: number }>;

export async function touch(
  db: Kysely<Tables>,
  id: string,
  instance: string,
  columns: Columns,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("group_moves")
    .set((row) => ({ ...columns, heartbeat: row("heartbeat", "+", 1) }))
    .where("id", "=", id)
    .where("instance", "=", instance)
    .where("state", "in", ["planning", "running"])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function keepPlans(db: Kysely<Tables>, id: string, until: EpochMs): Promise<void> {
  const rows = await db
    .selectFrom("group_move_entries")
    .selectAll()
    .where("group_move_id", "=", id)
    .where("plan_id", "is not", null)
    .execute();
  const ids = rows
    .map(toEntry)
    .flatMap(({ planId, undo }) => [planId ?? [], undo?.laterPlanIds ?? []].flat());
  for (let start = 0; start < ids.length; start += rowsPerStatement)
    await db
      .updateTable("reset_plans")
      .set({ expires_at: until })
      .where("id", "in", ids.slice(start, start + rowsPerStatement))
      .where("reset_id", "is", null)
      .execute();
}
