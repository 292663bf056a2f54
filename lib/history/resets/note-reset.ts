import { toStoredText } from "#lib/api/reasons/stored.ts";
import { type ActivityEntry, insertActivity } from "../activity.ts";
import type { Engine } from "../storage/engine.ts";
import { announce } from "./announce.ts";
import { raiseRevision } from "./raise-revision.ts";
import { selectReset } from "./read-resets.ts";
import type { EntryRecord, EntryResult, ResetHead, ResetRecord } from "./reset-record.ts";
import { toJson } from "./rows.ts";

export type EntryChange = Pick<EntryRecord, "partitionId"> & Partial<Omit<EntryRecord, "write">>;

export type Amendment = EntryChange & Pick<EntryRecord, "result" | "reason"> & { from: EntryResult };

/**
 * Stores steps of a running reset, all or none. False, here and below: `instance` no longer runs it and must
 * stop. Updates the reset's row first, so that this and a take-over wait for each other.
 */
export async function noteEntries(
  engine: Engine,
  id: string,
  instance: string,
  changes: readonly EntryChange[],
): Promise<boolean> {
  return engine.db.transaction().execute(async (db) => {
    const inside = { ...engine, db };
    if (!(await touchReset(inside, id, instance, {}))) return false;
    for (const { partitionId, ...change } of changes) {
      await db
        .updateTable("reset_entries")
        .set(columnsOf(change))
        .where("reset_id", "=", id)
        .where("partition_id", "=", partitionId)
        .execute();
    }
    await announce(inside, id);
    return true;
  });
}

export type ResetEnd = Pick<ResetHead, "endedAt" | "watchedUntil" | "reason"> & {
  state: "done" | "failed";
  activity?: (reset: ResetRecord) => ActivityEntry;
};

export async function endReset(
  engine: Engine,
  id: string,
  instance: string,
  end: ResetEnd,
): Promise<boolean> {
  const { state, reason, endedAt, watchedUntil, activity } = end;
  return engine.db.transaction().execute(async (db) => {
    const inside = { ...engine, db };
    const columns = {
      state,
      message: reason && toStoredText(reason),
      ended_at: endedAt,
      watched_until: watchedUntil,
    };
    if (!(await touchReset(inside, id, instance, columns))) return isEnded(inside, id, instance, state);
    const reset = activity && (await selectReset(inside, id));
    if (reset) await insertActivity(inside, activity(reset));
    await announce(inside, id);
    return true;
  });
}

/** A repeated call, after the first answer was lost. */
async function isEnded({ db }: Engine, id: string, instance: string, state: string): Promise<boolean> {
  const ended = db.selectFrom("resets").select("id").where("id", "=", id).where("instance", "=", instance);
  return (await ended.where("state", "=", state).executeTakeFirst()) !== undefined;
}

export async function beatReset({ db }: Engine, id: string, instance: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("resets")
    .set((row) => ({ heartbeat: row("heartbeat", "+", 1) }))
    .where("id", "=", id)
    .where("instance", "=", instance)
    .where("state", "=", "running")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function takeOverReset(
  engine: Engine,
  id: string,
  from: Pick<ResetHead, "instance" | "heartbeat">,
  to: string,
): Promise<boolean> {
  const { numUpdatedRows } = await engine.db
    .updateTable("resets")
    .set((row) => ({ instance: to, heartbeat: row("heartbeat", "+", 1), revision: row("revision", "+", 1) }))
    .where("id", "=", id)
    .where("instance", "=", from.instance)
    .where("heartbeat", "=", from.heartbeat)
    .where("state", "=", "running")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function amendReset(
  engine: Engine,
  id: string,
  amendments: readonly Amendment[],
  activity?: (reset: ResetRecord, partitionIds: readonly string[]) => ActivityEntry[],
): Promise<string[]> {
  return engine.db.transaction().execute(async (db) => {
    const inside = { ...engine, db };
    const changed: string[] = [];
    if (!(await raiseRevision(db, id, "!="))) return changed;
    for (const { partitionId, from, ...change } of amendments) {
      const { numUpdatedRows: rows } = await db
        .updateTable("reset_entries")
        .set(columnsOf(change))
        .where("reset_id", "=", id)
        .where("partition_id", "=", partitionId)
        .where("result", "=", from)
        .executeTakeFirst();
      if (rows === 1n) changed.push(partitionId);
    }
    const reset = activity && changed.length > 0 ? await selectReset(inside, id) : null;
    if (reset && activity) {
      for (const entry of activity(reset, changed)) await insertActivity(inside, entry);
    }
    await announce(inside, id);
    return changed;
  });
}

type HeadColumns = Partial<{
  state: string;
  message: string | null;
  ended_at: number | null;
  watched_until: number | null;
}>;

async function touchReset(
  { db }: Engine,
  id: string,
  instance: string,
  columns: HeadColumns,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("resets")
    .set((row) => ({
      ...columns,
      heartbeat: row("heartbeat", "+", 1),
      revision: row("revision", "+", 1),
    }))
    .where("id", "=", id)
    .where("instance", "=", instance)
    .where("state", "=", "running")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function columnsOf({ result, before, lastOwnerId, after, reason, live }: Omit<EntryChange, "partitionId">) {
  return {
    ...(result !== undefined && { result }),
    ...(before !== undefined && { before_image: toJson(before) }),
    ...(lastOwnerId !== undefined && { last_owner_id: lastOwnerId }),
    ...(after !== undefined && { after_image: toJson(after) }),
    ...(reason !== undefined && { message: reason && toStoredText(reason) }),
    ...(live !== undefined && { live: toJson(live) }),
  };
}
