import type { Migration } from "./migration.ts";

export const hubSnapshots: Migration = async (db) => {
  await db.schema
    .createTable("hub_snapshots")
    .addColumn("hub", "text", (column) => column.primaryKey())
    .addColumn("instance", "text", (column) => column.notNull())
    .addColumn("snapshot", "text", (column) => column.notNull())
    .execute();
};
