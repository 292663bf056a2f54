import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { Database } from "#lib/history/storage/database.ts";
import type { DatabaseAddress } from "#lib/history/storage/engine.ts";
import {
  engines,
  newFolder,
  newPostgresDatabase,
  onPostgres,
  openHistory,
} from "#tests/support/fixtures/history.ts";
import { refresh } from "#tests/support/fixtures/refresh.ts";

// Version 0.1.0 wrote this within half a minute: a group with a change of owners, an incident and a reset of
// 100 events back.
const files = join(import.meta.dirname, "../../support/fixtures/history-0-1-0");
const from = Date.UTC(2026, 10, 29, 0, 31);
const hub = { id: "orders", fullyQualifiedNamespace: "localhost", eventHubName: "orders" };
const group = { store: "main", name: "billing" };

async function placeOf010(kind: DatabaseAddress["kind"]): Promise<DatabaseAddress> {
  if (kind === "sqlite") {
    const folder = newFolder();
    const database = gunzipSync(readFileSync(join(files, "tidemark.sqlite.gz")));
    writeFileSync(join(folder, "tidemark.sqlite"), database);
    return { kind, folder };
  }
  const url = await newPostgresDatabase();
  await onPostgres(readFileSync(join(files, "postgres.sql"), "utf8"), url.reveal());
  return { kind, url };
}

async function versionOf(address: DatabaseAddress): Promise<number> {
  const database = new Database(address);
  onTestFinished(() => database.close());
  const { db } = await database.engine();
  return (await db.selectFrom("schema_version").select("version").executeTakeFirstOrThrow()).version;
}

describe.each(engines)("a history of 0.1.0, in %s,", (kind) => {
  it("is taken over with all that it holds, and goes on", async () => {
    const address = await placeOf010(kind);
    const history = await openHistory(address, { refreshSeconds: 1, clock: () => from + 60_000 });
    expect(history.fault).toBeNull();
    expect(await versionOf(address)).toBe(await versionOf({ kind: "sqlite", folder: newFolder() }));

    const range = { hub, group, from, to: from + 60_000 };
    const { points } = await history.points({ ...range, points: 60 });
    expect(new Set(points.map(({ lag }) => lag))).toEqual(new Set([null, 200, 400]));
    const { changes } = await history.owners(range);
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: "claimed", ownerId: "billing-2", previousOwnerId: "billing-1" }),
    );
    const recalled = await history.recall(hub);
    expect(JSON.stringify(recalled)).toContain("billing");

    const activity = await history.activity({ limit: 10 });
    expect(activity.map(({ action, outcome }) => [action, outcome])).toEqual([
      ["reset", "done"],
      ["signIn", "refused"],
      ["reset", "started"],
    ]);
    const [incident] = await history.incidents.list({ openOnly: true, limit: 10 });
    expect(incident).toMatchObject({ rule_id: "lagging", closed_at: null, worst_measure: 400 });

    const details = activity[0]?.details as { resetId: string; planId: string };
    const reset = await history.resets.reset(details.resetId);
    expect(reset).toMatchObject({ state: "done" });
    expect(JSON.stringify(reset)).toContain('"sequenceNumber":48299');
    expect(await history.resets.plan(details.planId)).not.toBeNull();

    history.record(refresh({ at: from + 60_000, lags: [7], groupName: "billing" }));
    await history.written();
    const entry = { at: from, actor: "operator", action: "reset", hub: "orders", group: "billing" };
    expect(await history.appendActivity({ ...entry, outcome: "started", details: {} })).toBe(4);
  });
});
