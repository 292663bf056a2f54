import type { Migration } from "./migration.ts";

export const goneGroups: Migration = async (db) => {
  await db.schema
    .createTable("gone_groups")
    .addColumn("hub", "text", (column) => column.notNull())
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("store", "text", (column) => column.notNull())
    .addColumn("consumer_group", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("formats", "text", (column) => column.notNull())
    .addColumn("since", "bigint", (column) => column.notNull())
    .addColumn("last_checkpoint_at", "bigint")
    .addColumn("dismissed_at", "bigint")
    .addPrimaryKeyConstraint("gone_groups_key", ["hub", "address", "store", "consumer_group"])
    .execute();
};
