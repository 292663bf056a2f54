import { type Kysely, sql } from "kysely";
import { turns } from "#lib/core/pause.ts";
import type { OwnerChange } from "#lib/ownership/owner-changes.ts";
import { lastSampleAt } from "../reading/read-samples.ts";
import { rememberedRows, storeRemembered, type WrittenSeries } from "../remembered/write-remembered.ts";
import { floorTo, hourTier, minuteTier, rawTier } from "../samples/tiers.ts";
import type { Engine } from "../storage/engine.ts";
import type { Tables } from "../storage/tables.ts";
import { type ComparedOwners, compareOwners, type GroupOwners, loadOwners } from "./owner-memory.ts";
import { type BatchEntry, type RefreshBatch, seriesName } from "./refresh-batch.ts";

/** Keeps the number of distinct statements small, far below the engines' parameter limits. */
const rowsPerStatement = 100;

/**
 * Writes each refresh in one transaction. Its caches (series numbers, owners) hold only what was committed;
 * call `forget` after a failure or when somebody else wrote.
 */
export class RefreshWriter {
  #ids = new Map<string, number>();
  #owners = new Map<number, GroupOwners>();
  #remembered = new Map<number, WrittenSeries>();
  /** When a hub's store was last listed; a group that appears later did not exist then. */
  #listedAt = new Map<string, number>();
  /** How far a hub's stored samples reached when the caches were dropped. */
  #standsUntil = new Map<string, number>();

  forget(): void {
    this.#ids = new Map();
    this.#owners = new Map();
    this.#remembered = new Map();
    this.#listedAt = new Map();
    this.#standsUntil = new Map();
  }

  /**
   * Skips leftovers from a time that another dashboard already wrote: it saw the same.
   * @throws Error of the engine; then nothing of the batch is stored or, if the answer was lost, all of it
   */
  async write({ db, kind }: Engine, batch: RefreshBatch): Promise<void> {
    const ids = new Map<string, number>();
    const owners = new Map<number, GroupOwners>();
    let remembered = new Map<number, WrittenSeries>();
    await db.transaction().execute(async (transaction) => {
      await this.#identify(transaction, batch, ids);
      if (batch.isLeftOver && batch.at <= (await this.#readUntil(transaction, batch, ids))) return;
      if (batch.isLate) {
        const late = batch.entries.map((entry) => this.#idOf(entry, ids));
        for (const some of inParts(late)) await rollUpAgain(transaction, kind, some, batch.at);
      }
      const rest = turns();
      // Owners first: they are known up to the newest stored sample.
      for (const entry of batch.entries) {
        await rest();
        const seriesId = this.#idOf(entry, ids);
        const compared = await this.#compare(transaction, seriesId, entry, batch);
        if (compared === null) continue;
        owners.set(seriesId, compared.owners);
        await storeChanges(transaction, seriesId, compared);
      }
      const rows = batch.entries.map((entry) => ({
        series_id: this.#idOf(entry, ids),
        tier: rawTier.tier,
        starts_at: batch.chunkStart,
        data: entry.sample,
      }));
      await appendSamples(transaction, kind, rows);
      const kept = await rememberedRows(batch, this.#remembered, (entry) => this.#idOf(entry, ids));
      for (const some of inParts(kept.rows)) await storeRemembered(transaction, some);
      remembered = kept.after;
    });
    for (const [name, id] of ids) this.#ids.set(name, id);
    for (const [id, known] of owners) this.#owners.set(id, known);
    for (const [id, known] of remembered) this.#remembered.set(id, known);
    for (const { key, owners: observed } of batch.entries) {
      if (observed !== null) this.#listedAt.set(storeName(key), observed.listedAt);
    }
    batch.isWritten = true;
  }

  async #identify(db: Kysely<Tables>, batch: RefreshBatch, ids: Map<string, number>): Promise<void> {
    const unknown = batch.entries.filter(({ name }) => !this.#ids.has(name));
    for (const some of inParts(unknown)) {
      const rows = some.map(({ key }) => ({
        ...key,
        minutes_until: floorTo(batch.at, minuteTier.chunkMs),
        hours_until: floorTo(batch.at, hourTier.chunkMs),
      }));
      await db
        .insertInto("series")
        .values(rows)
        .onConflict((conflict) => conflict.columns(["hub", "address", "store", "consumer_group"]).doNothing())
        .execute();
    }
    if (unknown.length === 0) return;
    const found = await db.selectFrom("series").selectAll().where("hub", "=", batch.hub).execute();
    for (const row of found) ids.set(seriesName(row), row.id);
  }

  #idOf({ name }: BatchEntry, ids: ReadonlyMap<string, number>): number {
    const id = this.#ids.get(name) ?? ids.get(name);
    if (id === undefined) throw new Error(`The series ${name} has no number.`);
    return id;
  }

  async #readUntil(
    db: Kysely<Tables>,
    { entries, hub }: RefreshBatch,
    ids: Map<string, number>,
  ): Promise<number> {
    const known = this.#standsUntil.get(hub);
    if (known !== undefined) return known;
    const own = entries.find(({ owners }) => owners === null);
    const last = own === undefined ? null : await lastSampleAt(db, this.#idOf(own, ids));
    const until = last ?? Number.NEGATIVE_INFINITY;
    this.#standsUntil.set(hub, until);
    return until;
  }

  async #compare(
    db: Kysely<Tables>,
    seriesId: number,
    { key, owners: observed }: BatchEntry,
    batch: RefreshBatch,
  ): Promise<ComparedOwners | null> {
    if (observed === null) return null;
    const known =
      this.#owners.get(seriesId) ?? (await loadOwners(db, seriesId, observed.listedAt - batch.at));
    const previousAt = known.previousAt ?? this.#listedAt.get(storeName(key)) ?? null;
    return compareOwners({ ...known, previousAt }, observed, batch.refreshSeconds);
  }
}

async function rollUpAgain(
  db: Kysely<Tables>,
  kind: Engine["kind"],
  ids: readonly number[],
  at: number,
): Promise<void> {
  await db
    .selectFrom("series")
    .select("id")
    .where("id", "in", ids)
    .orderBy("id")
    .$if(kind === "postgres", (series) => series.forUpdate())
    .execute();
  await db
    .updateTable("series")
    .set({ minutes_until: floorTo(at, minuteTier.chunkMs) })
    .where("id", "in", ids)
    .where("minutes_until", ">", at)
    .execute();
  await db
    .updateTable("series")
    .set({ hours_until: floorTo(at, hourTier.chunkMs) })
    .where("id", "in", ids)
    .where("hours_until", ">", at)
    .execute();
}

async function appendSamples(
  db: Kysely<Tables>,
  kind: Engine["kind"],
  rows: readonly Tables["chunks"][],
): Promise<void> {
  const joined = sql<Uint8Array>`chunks.data || excluded.data`;
  // SQLite's || turns bytes into text, so cast them back.
  const data = kind === "sqlite" ? sql<Uint8Array>`cast(${joined} as blob)` : joined;
  for (const some of inParts(rows)) {
    await db
      .insertInto("chunks")
      .values(some)
      .onConflict((conflict) => conflict.columns(["series_id", "tier", "starts_at"]).doUpdateSet({ data }))
      .execute();
  }
}

function storeName({ hub, store }: { hub: string; store: string }): string {
  return JSON.stringify([hub, store]);
}

async function storeChanges(
  db: Kysely<Tables>,
  seriesId: number,
  { changes, changed }: ComparedOwners,
): Promise<void> {
  for (const some of inParts(changes.map((change) => changeRow(seriesId, change)))) {
    await db.insertInto("owner_changes").values(some).execute();
  }
  const states = changed.map(({ partitionId, memory: { holder, lastHolder, since } }) => ({
    series_id: seriesId,
    partition_id: partitionId,
    holder,
    last_holder: lastHolder,
    since,
  }));
  for (const some of inParts(states)) {
    await db
      .insertInto("owner_states")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["series_id", "partition_id"]).doUpdateSet((row) => ({
          holder: row.ref("excluded.holder"),
          last_holder: row.ref("excluded.last_holder"),
          since: row.ref("excluded.since"),
        })),
      )
      .execute();
  }
}

function changeRow(seriesId: number, change: OwnerChange) {
  return {
    series_id: seriesId,
    partition_id: change.partitionId,
    at: change.at,
    uncertainty_ms: change.uncertaintyMs,
    kind: change.kind,
    owner_id: change.ownerId,
    previous_owner_id: change.previousOwnerId,
    unobserved: change.isUnobserved ? 1 : 0,
  };
}

function inParts<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < rows.length; start += rowsPerStatement)
    parts.push(rows.slice(start, start + rowsPerStatement));
  return parts;
}
