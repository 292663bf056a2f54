import { sql } from "kysely";
import { retry } from "#lib/core/pause.ts";
import type { Engine } from "./engine.ts";
import { migrations } from "./migrations.ts";

const migrationLock = 0x74696465;
const sqliteBusy = 5;
const lockTries = 20;
const lockPauseMs = 20;

export class NewerDatabaseError extends Error {
  constructor(name: string, found: number) {
    super(
      `The history in ${name} has version ${found} and this dashboard knows versions up to ${migrations.length}: ` +
        "start the newer dashboard that wrote it, or name another place in TIDEMARK_DATA_DIR or DATABASE_URL.",
    );
    this.name = "NewerDatabaseError";
  }
}

/**
 * Migrates the database in one transaction under a lock, so that of several dashboards that start at once one
 * does it.
 * @throws NewerDatabaseError
 */
export async function migrate(engine: Engine): Promise<void> {
  await retry(() => migrateOnce(engine), {
    tries: lockTries,
    // SQLite's own wait blocks the whole process, so it is short and repeated.
    mayPass: (error) => (error as { errcode?: number }).errcode === sqliteBusy,
    pauseMs: () => lockPauseMs * (1 + Math.random()),
  });
}

async function migrateOnce({ db, kind, name }: Engine): Promise<void> {
  if (kind === "sqlite") await createVersionTable(db);
  await db.transaction().execute(async (transaction) => {
    if (kind === "postgres") {
      await sql`select pg_advisory_xact_lock(${migrationLock}::bigint)`.execute(transaction);
      await createVersionTable(transaction);
    }
    // Writing first makes SQLite take its lock before reading.
    await transaction
      .insertInto("schema_version")
      .values({ id: 1, version: 0 })
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((row) => ({ version: row.ref("schema_version.version") })),
      )
      .execute();
    const { version } = await transaction
      .selectFrom("schema_version")
      .select("version")
      .executeTakeFirstOrThrow();
    if (version > migrations.length) throw new NewerDatabaseError(name, version);
    if (version === migrations.length) return;
    for (const migration of migrations.slice(version)) await migration(transaction, kind);
    await transaction.updateTable("schema_version").set({ version: migrations.length }).execute();
  });
}

async function createVersionTable(db: Engine["db"]): Promise<void> {
  await db.schema
    .createTable("schema_version")
    .ifNotExists()
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("version", "integer", (column) => column.notNull())
    .execute();
}
