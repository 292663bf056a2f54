import type { Migration } from "./migration.ts";

export const undoOfGroupMoves: Migration = async (db) => {
  await db.schema.alterTable("group_moves").addColumn("undoes", "text").execute();
  await db.schema.createIndex("group_moves_undoes").on("group_moves").column("undoes").execute();
};
