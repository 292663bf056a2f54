import { type Kysely, sql } from "kysely";
import type { HistoryPlace } from "./engine.ts";
import type { Tables } from "./tables.ts";

type Migration = (db: Kysely<Tables>, kind: HistoryPlace["kind"]) => Promise<void>;

/** The n-th brings a database from version n to n + 1. Those that were released are never edited. */
export const migrations: readonly Migration[] = [
  async (db, kind) => {
    const bytes = kind === "sqlite" ? sql`blob` : sql`bytea`;
    await createWithId(db, kind, "series")
      .addColumn("hub", "text", (column) => column.notNull())
      .addColumn("address", "text", (column) => column.notNull())
      .addColumn("store", "text", (column) => column.notNull())
      .addColumn("consumer_group", "text", (column) => column.notNull())
      .addColumn("minutes_until", "bigint", (column) => column.notNull())
      .addColumn("hours_until", "bigint", (column) => column.notNull())
      .addUniqueConstraint("series_key", ["hub", "address", "store", "consumer_group"])
      .execute();
    await db.schema.createIndex("series_upkeep").on("series").columns(["minutes_until", "id"]).execute();
    await db.schema
      .createTable("chunks")
      .addColumn("series_id", "bigint", (column) => column.notNull())
      .addColumn("tier", "integer", (column) => column.notNull())
      .addColumn("starts_at", "bigint", (column) => column.notNull())
      .addColumn("data", bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint("chunks_key", ["series_id", "tier", "starts_at"])
      .execute();
    await db.schema
      .createTable("owner_states")
      .addColumn("series_id", "bigint", (column) => column.notNull())
      .addColumn("partition_id", "text", (column) => column.notNull())
      .addColumn("holder", "text")
      .addColumn("last_holder", "text")
      .addColumn("since", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("owner_states_key", ["series_id", "partition_id"])
      .execute();
    await createWithId(db, kind, "owner_changes")
      .addColumn("series_id", "bigint", (column) => column.notNull())
      .addColumn("partition_id", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("uncertainty_ms", "bigint", (column) => column.notNull())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("owner_id", "text")
      .addColumn("previous_owner_id", "text")
      .addColumn("unobserved", "integer", (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("owner_changes_range")
      .on("owner_changes")
      .columns(["series_id", "at"])
      .execute();
    await db.schema
      .createIndex("owner_changes_partition")
      .on("owner_changes")
      .columns(["series_id", "partition_id", "at", "id"])
      .execute();
    await createWithId(db, kind, "activity")
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("actor", "text", (column) => column.notNull())
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("hub", "text", (column) => column.notNull())
      .addColumn("consumer_group", "text")
      .addColumn("outcome", "text", (column) => column.notNull())
      .addColumn("details", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("activity_group")
      .on("activity")
      .columns(["hub", "consumer_group", "id"])
      .execute();
  },
  async (db) => {
    await db.schema
      .createTable("hub_snapshots")
      .addColumn("hub", "text", (column) => column.primaryKey())
      .addColumn("instance", "text", (column) => column.notNull())
      .addColumn("snapshot", "text", (column) => column.notNull())
      .execute();
  },
];

/** SQLite numbers rows only where it is said in exactly these words. */
function createWithId(db: Kysely<Tables>, kind: HistoryPlace["kind"], table: string) {
  return kind === "sqlite"
    ? db.schema.createTable(table).addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
    : db.schema
        .createTable(table)
        .addColumn("id", "bigint", (column) => column.primaryKey().generatedAlwaysAsIdentity());
}
