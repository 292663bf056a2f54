import { sql } from "kysely";
import type { Migration } from "./migration.ts";

export const remembered: Migration = async (db, kind) => {
  await db.schema
    .createTable("remembered")
    .addColumn("series_id", "bigint", (column) => column.primaryKey())
    .addColumn("data", kind === "sqlite" ? sql`blob` : sql`bytea`, (column) => column.notNull())
    .execute();
};
