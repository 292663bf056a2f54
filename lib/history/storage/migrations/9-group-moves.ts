import type { Migration } from "./migration.ts";

export const groupMoves: Migration = async (db) => {
  await db.schema
    .createTable("group_moves")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("owner_key", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint")
    .addColumn("started_at", "bigint")
    .addColumn("ended_at", "bigint")
    .addColumn("instance", "text", (column) => column.notNull())
    .addColumn("heartbeat", "bigint", (column) => column.notNull())
    .addColumn("stop_asked", "text")
    .addColumn("details", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("group_moves_state")
    .on("group_moves")
    .columns(["state", "created_at"])
    .execute();
  await db.schema
    .createTable("group_move_entries")
    .addColumn("group_move_id", "text", (column) => column.notNull().references("group_moves.id"))
    .addColumn("ordinal", "integer", (column) => column.notNull())
    .addColumn("result", "text", (column) => column.notNull())
    .addColumn("plan_id", "text")
    .addColumn("details", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("group_move_entries_key", ["group_move_id", "ordinal"])
    .execute();
};
