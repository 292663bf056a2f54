import { sql } from "kysely";
import type { Migration } from "./migration.ts";

export const resets: Migration = async (db) => {
  await db.schema
    .createTable("reset_plans")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("record", "text", (column) => column.notNull())
    .addColumn("reset_id", "text")
    .execute();
  await db.schema.createIndex("reset_plans_expiry").on("reset_plans").column("expires_at").execute();
  await db.schema
    .createTable("resets")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("plan_id", "text", (column) => column.notNull())
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("store", "text", (column) => column.notNull())
    .addColumn("consumer_group", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("started_at", "bigint", (column) => column.notNull())
    .addColumn("ended_at", "bigint")
    .addColumn("watched_until", "bigint")
    .addColumn("message", "text")
    .addColumn("instance", "text", (column) => column.notNull())
    .addColumn("heartbeat", "bigint", (column) => column.notNull())
    .addColumn("revision", "bigint", (column) => column.notNull())
    .addColumn("details", "text", (column) => column.notNull())
    .execute();
  // The lock: one running reset per group and store, across all dashboards.
  await db.schema
    .createIndex("resets_running")
    .unique()
    .on("resets")
    .columns(["address", "store", "consumer_group"])
    .where(sql<boolean>`state = 'running'`)
    .execute();
  await db.schema
    .createIndex("resets_group")
    .on("resets")
    .columns(["address", "store", "consumer_group", "started_at"])
    .execute();
  await db.schema.createIndex("resets_watched").on("resets").column("watched_until").execute();
  await db.schema
    .createTable("reset_entries")
    .addColumn("reset_id", "text", (column) => column.notNull().references("resets.id"))
    .addColumn("partition_id", "text", (column) => column.notNull())
    .addColumn("ordinal", "integer", (column) => column.notNull())
    .addColumn("planned", "text")
    .addColumn("before_image", "text")
    .addColumn("after_image", "text")
    .addColumn("live", "text")
    .addColumn("result", "text", (column) => column.notNull())
    .addColumn("message", "text")
    .addPrimaryKeyConstraint("reset_entries_key", ["reset_id", "partition_id"])
    .execute();
};
