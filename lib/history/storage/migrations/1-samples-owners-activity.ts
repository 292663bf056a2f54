import { sql } from "kysely";
import { createWithId, type Migration } from "./migration.ts";

export const samplesOwnersActivity: Migration = async (db, kind) => {
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
};
