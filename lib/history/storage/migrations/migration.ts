import type { Kysely } from "kysely";
import type { DatabaseAddress } from "../engine.ts";
import type { Tables } from "../tables.ts";

export type Migration = (db: Kysely<Tables>, kind: DatabaseAddress["kind"]) => Promise<void>;

/** SQLite numbers rows only with exactly these words. */
export function createWithId(db: Kysely<Tables>, kind: DatabaseAddress["kind"], table: string) {
  return kind === "sqlite"
    ? db.schema.createTable(table).addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
    : db.schema
        .createTable(table)
        .addColumn("id", "bigint", (column) => column.primaryKey().generatedAlwaysAsIdentity());
}
