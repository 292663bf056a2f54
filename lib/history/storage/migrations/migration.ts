import type { Kysely } from "kysely";
import type { HistoryPlace } from "../engine.ts";
import type { Tables } from "../tables.ts";

export type Migration = (db: Kysely<Tables>, kind: HistoryPlace["kind"]) => Promise<void>;

/** SQLite numbers rows only with exactly these words. */
export function createWithId(db: Kysely<Tables>, kind: HistoryPlace["kind"], table: string) {
  return kind === "sqlite"
    ? db.schema.createTable(table).addColumn("id", "integer", (column) => column.primaryKey().autoIncrement())
    : db.schema
        .createTable(table)
        .addColumn("id", "bigint", (column) => column.primaryKey().generatedAlwaysAsIdentity());
}
