import type { Kysely } from "kysely";
import { incidentKey } from "../incidents/incident-key.ts";
import type { Engine } from "../storage/engine.ts";
import type { Tables } from "../storage/tables.ts";
import { type SeriesKey, seriesKey } from "../writing/refresh-batch.ts";
import type { RecalledFor } from "./recall-hub.ts";

/**
 * Moves the records of an address from an id that is no longer watched to a hub without records: samples,
 * owners, groups, incidents and resets, but not activity.
 * @returns the former id; null if there was none
 */
export async function adoptFormerId(
  { db }: Engine,
  hub: RecalledFor,
  isWatched: (hubId: string) => boolean,
): Promise<string | null> {
  const { hub: id, address } = seriesKey(hub, null);
  return db.transaction().execute(async (transaction) => {
    const former = await formerId(transaction, { hub: id, address }, isWatched);
    if (former === null) return null;
    const since = await takenAt(transaction, former, address);
    for (const table of ["series", "gone_groups"] as const) {
      await transaction
        .updateTable(table)
        .set({ hub: id })
        .where("hub", "=", former)
        .where("address", "=", address)
        .execute();
    }
    await renameIncidents(transaction, former, id, since);
    await renameResets(transaction, former, id, address);
    return former;
  });
}

type Address = Pick<SeriesKey, "hub" | "address">;

async function formerId(
  db: Kysely<Tables>,
  { hub, address }: Address,
  isWatched: (hubId: string) => boolean,
): Promise<string | null> {
  const rows = await db
    .selectFrom("series")
    .leftJoin("chunks", "chunks.series_id", "series.id")
    .select(({ fn }) => ["series.hub", fn.max("chunks.starts_at").as("last")])
    .where("address", "=", address)
    .groupBy("series.hub")
    .execute();
  if (rows.some((row) => row.hub === hub)) return null;
  const left = rows.filter((row) => !isWatched(row.hub));
  return left.toSorted((a, b) => Number(b.last ?? 0) - Number(a.last ?? 0))[0]?.hub ?? null;
}

/** Since when an id stands for this address; earlier incidents belong to another hub. */
async function takenAt(db: Kysely<Tables>, hub: string, address: string): Promise<number> {
  const rows = await db
    .selectFrom("series")
    .leftJoin("chunks", "chunks.series_id", "series.id")
    .select(({ fn }) => ["address", fn.min("chunks.starts_at").as("first")])
    .where("hub", "=", hub)
    .groupBy("address")
    .execute();
  return rows.length === 1 ? 0 : Number(rows.find((row) => row.address === address)?.first ?? 0);
}

async function renameIncidents(
  db: Kysely<Tables>,
  former: string,
  hub: string,
  since: number,
): Promise<void> {
  const rows = await db
    .selectFrom("incidents")
    .select(["id", "rule_id", "store", "consumer_group"])
    .where("hub", "=", former)
    .where("opened_at", ">=", since)
    .execute();
  for (const { id, rule_id, store, consumer_group: group } of rows) {
    const cause = incidentKey(rule_id, { hub, store, group });
    await db.updateTable("incidents").set({ hub, cause }).where("id", "=", id).execute();
  }
}

async function renameResets(db: Kysely<Tables>, former: string, hub: string, address: string): Promise<void> {
  const rows = await db
    .selectFrom("resets")
    .select(["id", "details"])
    .where("address", "=", address)
    .execute();
  for (const { id, details } of rows) {
    const known = JSON.parse(details) as { hub?: unknown };
    if (known.hub !== former) continue;
    const renamed = JSON.stringify({ ...known, hub });
    await db.updateTable("resets").set({ details: renamed }).where("id", "=", id).execute();
  }
}
