import { createWithId, type Migration } from "./migration.ts";

export const acknowledgements: Migration = async (db, kind) => {
  for (const column of ["acknowledged_by", "acknowledged_note"]) {
    await db.schema.alterTable("incidents").addColumn(column, "text").execute();
  }
  await db.schema.alterTable("incidents").addColumn("acknowledged_at", "bigint").execute();
  await createWithId(db, kind, "silences")
    .addColumn("hub", "text", (column) => column.notNull())
    .addColumn("consumer_group", "text", (column) => column.notNull())
    .addColumn("rule", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("until", "bigint", (column) => column.notNull())
    .addColumn("created_by", "text", (column) => column.notNull())
    .addColumn("note", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("silences_until").on("silences").column("until").execute();
};
