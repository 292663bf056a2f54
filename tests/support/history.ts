import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { Secret } from "#lib/core/secret.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { History, type HistoryOptions } from "#lib/history/history.ts";
import { minuteTier, type Retention } from "#lib/history/samples/tiers.ts";
import type { Engine, HistoryPlace } from "#lib/history/storage/engine.ts";
import { graceMs, upkeepStep } from "#lib/history/writing/upkeep.ts";

export const engines = ["sqlite", "postgres"] as const;

/** An empty database that ends with the test. */
export async function newPlace(kind: HistoryPlace["kind"]): Promise<HistoryPlace> {
  return kind === "sqlite" ? { kind, folder: newFolder() } : { kind, url: await newPostgresDatabase() };
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-history-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function newPostgresDatabase(): Promise<Secret> {
  const { url, drop } = await createPostgresDatabase();
  onTestFinished(drop);
  return new Secret(url);
}

/** One that several tests share, and drop. */
export async function createPostgresDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onPostgres(`create database ${name}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await onPostgres(`drop database if exists ${name} with (force)`);
    },
  };
}

/** Runs one statement as the server's own user, on a database or the one that is always there. */
export async function onPostgres(statement: string, url = inject("postgresUrl")): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** All the upkeep that is due. A dashboard on the same database may be at a step of it meanwhile. */
export async function finishUpkeep(engine: Engine, now: EpochMs, retention: Retention): Promise<void> {
  const due = engine.db
    .selectFrom("series")
    .select("id")
    .where("minutes_until", "<=", now - graceMs - minuteTier.chunkMs);
  while ((await upkeepStep(engine, now, retention)) || (await due.executeTakeFirst()) !== undefined) {
    // One hour of one series at a time.
  }
}

/** A history that is closed with the test. */
export async function openHistory(
  place: HistoryPlace,
  options: Partial<HistoryOptions> = {},
): Promise<History> {
  const history = await History.open({ place, refreshSeconds: 10, ...options });
  onTestFinished(() => history.close());
  return history;
}
