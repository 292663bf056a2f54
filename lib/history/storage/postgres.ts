import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Secret } from "#lib/core/secret.ts";
import type { Engine } from "./engine.ts";
import type { Tables } from "./tables.ts";

const bigintType = 20;

/**
 * Creates a pool without connecting. A broken connection is replaced at its next use. Statements have a time
 * limit on both sides, so a lost server blocks nobody.
 */
export function openPostgres(url: Secret): Engine {
  const pool = new pg.Pool({ ...connectionOptions(url), max: 6, idleTimeoutMillis: 30_000 });
  // Reports connections that break between statements. Without a listener it would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const atWork = new Set<pg.Client>();
  return {
    kind: "postgres",
    db,
    name: serverName(url),
    withoutLimits: (work) => withoutLimits(url, atWork, work),
    isLost: () => false,
    close: async () => {
      // Breaks off what runs there; the server may end it by itself.
      for (const client of atWork) void client.end();
      await db.destroy();
    },
  };
}

async function withoutLimits(
  url: Secret,
  atWork: Set<pg.Client>,
  work: (db: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ ...connectionOptions(url), statement_timeout: 0, query_timeout: 0 });
  client.on("error", () => {});
  atWork.add(client);
  try {
    await client.connect();
    await client.query("set statement_timeout = 0");
    const held = Object.assign(client, { release: () => {} });
    const pool = { options: {}, connect: async () => held, end: async () => {} };
    await work(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }));
  } finally {
    atWork.delete(client);
    await client.end();
  }
}

/** Options of every connection. Times and ids are read as numbers, all far below 2^53. */
export function connectionOptions(url: Secret): pg.ClientConfig {
  return {
    connectionString: url.reveal(),
    application_name: "tidemark",
    connectionTimeoutMillis: 3_000,
    statement_timeout: 5_000,
    query_timeout: 7_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === bigintType ? Number : pg.types.getTypeParser(oid, format),
    } as pg.CustomTypesConfig,
  };
}

function serverName(url: Secret): string {
  const { host, pathname } = new URL(url.reveal());
  return `PostgreSQL ${host}${pathname}`;
}
