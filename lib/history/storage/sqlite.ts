import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";
import type { Engine } from "./engine.ts";
import { ownerOnly } from "./owner-only.ts";
import type { Tables } from "./tables.ts";

const fileName = "tidemark.sqlite";
/** Waiting blocks the whole process, so it is short; callers retry. */
const busyTimeoutMs = 50;
const keptStatements = 100;

/**
 * Opens or creates the database in a folder. Uses a write-ahead log synced at every commit, so commits
 * survive a kill -9 and a power cut.
 * @throws Error of node:sqlite or the file system
 */
export function openSqlite(folder: string): Engine {
  const file = join(folder, fileName);
  ownerOnly(folder, file);
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on");
  } catch (error) {
    database.close();
    throw error;
  }
  const opened = statSync(file).ino;
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: toKysely(database) }) });
  return {
    kind: "sqlite",
    db,
    name: file,
    isLost: () => statSync(file, { throwIfNoEntry: false })?.ino !== opened,
    close: async () => {
      await db.destroy();
      if (database.isOpen) database.close();
    },
  };
}

function toKysely(database: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const prepared = adapt(database.prepare(sql));
      if (statements.size >= keptStatements) statements.clear();
      statements.set(sql, prepared);
      return prepared;
    },
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
  };
}
