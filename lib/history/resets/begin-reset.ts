import type { Kysely } from "kysely";
import { retry } from "#lib/core/pause.ts";
import type { Subject } from "#lib/core/subject.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { type ActivityEntry, insertActivity } from "../activity.ts";
import type { Engine } from "../storage/engine.ts";
import type { Tables } from "../storage/tables.ts";
import { announce } from "./announce.ts";
import type { SavedPlan } from "./plan-record.ts";
import { selectPlan } from "./plans.ts";
import { selectHeads, selectReset } from "./read-resets.ts";
import type { EntryRecord, ResetHead, ResetRecord } from "./reset-record.ts";
import { entryRow, headRow } from "./rows.ts";

const rowsPerStatement = 100;
/** The reset that holds the lock may end between two queries. */
const lockTries = 3;

export interface BeginReset {
  resetId: string;
  planId: string;
  actor: string;
  subject?: Subject;
  instance: string;
  now: EpochMs;
  activity?: (reset: ResetRecord) => ActivityEntry;
}

export type Begun =
  | { result: "begun"; reset: ResetRecord }
  | { result: "running"; reset: ResetHead }
  | { result: "planGone"; why: "unknown" | "expired" | "applied"; resetId: string | null };

class Refused extends Error {
  readonly answer: Begun | null;

  constructor(answer: Begun | null) {
    super("The reset was not begun.");
    this.answer = answer;
  }
}

/** Can be repeated with the same `resetId`, after the first answer was lost. */
export async function beginReset(engine: Engine, begin: BeginReset): Promise<Begun> {
  const once = () =>
    engine.db.transaction().execute((transaction) => beginIn({ ...engine, db: transaction }, begin));
  const mayPass = (error: unknown) => error instanceof Refused && error.answer === null;
  try {
    return { result: "begun", reset: await retry(once, { tries: lockTries, pauseMs: () => 0, mayPass }) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.answer !== null) return error.answer;
    throw new Error("The group's lock could not be had.");
  }
}

async function beginIn(engine: Engine, begin: BeginReset): Promise<ResetRecord> {
  const { db } = engine;
  const { numUpdatedRows } = await db
    .updateTable("reset_plans")
    .set({ reset_id: begin.resetId })
    .where("id", "=", begin.planId)
    .where("reset_id", "is", null)
    .where("expires_at", ">", begin.now)
    .executeTakeFirst();
  const saved = await selectPlan(engine, begin.planId);
  if (saved?.resetId === begin.resetId && numUpdatedRows !== 1n) {
    const known = await selectReset(engine, begin.resetId);
    if (known !== null) return known;
  }
  if (numUpdatedRows !== 1n || saved === null) throw new Refused(goneBecause(saved));
  const reset = newReset(saved, begin);
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("resets")
    .values(headRow(reset))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new Refused(await runningAlready(engine, reset));
  await insertEntries(db, reset);
  if (begin.activity) await insertActivity(engine, begin.activity(reset));
  await announce(engine, reset.id);
  return reset;
}

function goneBecause(saved: SavedPlan | null): Begun {
  if (saved === null) return { result: "planGone", why: "unknown", resetId: null };
  const { resetId } = saved;
  return { result: "planGone", why: resetId === null ? "expired" : "applied", resetId };
}

async function runningAlready(engine: Engine, { address, store, group }: ResetHead): Promise<Begun | null> {
  const heads = await selectHeads(engine, (rows) =>
    rows
      .where("address", "=", address)
      .where("store", "=", store)
      .where("consumer_group", "=", group.toLowerCase())
      .where("state", "=", "running"),
  );
  return heads[0] === undefined ? null : { result: "running", reset: heads[0] };
}

function newReset({ plan, address, createdOn, writes }: SavedPlan, begin: BeginReset): ResetRecord {
  const writeOf = new Map(writes.map((write) => [write.partitionId, write]));
  return {
    id: begin.resetId,
    planId: begin.planId,
    address,
    hub: plan.hub,
    store: plan.store,
    group: plan.group,
    mode: plan.mode,
    handlerSeconds: plan.handlerSeconds,
    target: plan.target,
    createdOn,
    actor: begin.actor,
    subject: begin.subject ?? null,
    state: "running",
    startedAt: begin.now,
    endedAt: null,
    watchedUntil: null,
    reason: null,
    instance: begin.instance,
    heartbeat: 0,
    revision: 0,
    entries: plan.entries.map(({ partitionId, blockedBy }): EntryRecord => {
      const write = writeOf.get(partitionId) ?? null;
      const blank = { partitionId, write, before: null, lastOwnerId: null, after: null, live: null };
      return write === null
        ? { ...blank, result: "skipped", reason: blockedBy }
        : { ...blank, result: "pending", reason: null };
    }),
  };
}

async function insertEntries(db: Kysely<Tables>, { id, entries }: ResetRecord): Promise<void> {
  for (let start = 0; start < entries.length; start += rowsPerStatement) {
    const some = entries.slice(start, start + rowsPerStatement);
    const rows = some.map((entry, index) => entryRow(id, start + index, entry));
    await db.insertInto("reset_entries").values(rows).execute();
  }
}
