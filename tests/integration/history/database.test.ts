import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { History } from "#lib/history/history.ts";
import { Database } from "#lib/history/storage/database.ts";
import type { DatabaseAddress, Engine } from "#lib/history/storage/engine.ts";
import { migrations } from "#lib/history/storage/migrations.ts";
import { engines, newDatabase, newFolder } from "#tests/support/fixtures/history.ts";

async function open(address: DatabaseAddress): Promise<Engine> {
  const database = new Database(address);
  onTestFinished(() => database.close());
  return await database.engine();
}

describe.each(engines)("the database in %s", (kind) => {
  it("is created once, however many dashboards start at the same time", async () => {
    const address = await newDatabase(kind);
    const [{ db }] = await Promise.all([open(address), open(address), open(address)]);
    const versions = await db.selectFrom("schema_version").selectAll().execute();
    expect(versions).toEqual([{ id: 1, version: migrations.length }]);
    expect(await db.selectFrom("series").selectAll().execute()).toEqual([]);
  });

  it("is refused with a sentence and left unchanged when a newer dashboard wrote it", async () => {
    const address = await newDatabase(kind);
    const { db } = await open(address);
    await db.updateTable("schema_version").set({ version: 99 }).execute();
    await expect(History.open({ address, refreshSeconds: 10 })).rejects.toThrow(
      `has version 99 and this dashboard knows versions up to ${migrations.length}: start the newer dashboard`,
    );
    expect(await db.selectFrom("schema_version").selectAll().execute()).toEqual([{ id: 1, version: 99 }]);
  });

  it("keeps what was done, newest first, by hub and group, page by page", async () => {
    const history = await History.open({ address: await newDatabase(kind), refreshSeconds: 10 });
    onTestFinished(() => history.close());
    const entry = {
      at: 1_000,
      actor: "admin-1",
      action: "reset",
      hub: "orders",
      group: "Billing",
      outcome: "done",
      details: { n: [1, null] },
    };
    const first = await history.appendActivity(entry);
    await history.appendActivity({ ...entry, group: null });
    await history.appendActivity({ ...entry, hub: "clicks" });
    const last = await history.appendActivity({ ...entry, at: 2_000 });
    expect(await history.activity({ limit: 1 })).toEqual([{ ...entry, at: 2_000, id: last }]);
    const ofGroup = await history.activity({ hub: "orders", group: "BILLING", limit: 10 });
    expect(ofGroup.map(({ id }) => id)).toEqual([last, first]);
    const older = await history.activity({ limit: 10, before: last });
    expect(older.map(({ hub, group }) => [hub, group])).toEqual([
      ["clicks", "Billing"],
      ["orders", null],
      ["orders", "Billing"],
    ]);
  });

  it("shows only the places that somebody may see", async () => {
    const history = await History.open({ address: await newDatabase(kind), refreshSeconds: 10 });
    onTestFinished(() => history.close());
    const places = [
      ["orders", "Billing"],
      ["orders", "mail"],
      ["orders", null],
      ["or_ers", "billing"],
      ["clicks", "billing"],
      ["", null],
    ] as const;
    for (const [hub, group] of places) {
      const rest = { at: 1_000, actor: "admin-1", action: "reset", outcome: "done", details: {} };
      await history.appendActivity({ ...rest, hub, group });
    }
    const seen = async (...visible: { hubs: string[]; groups: string[] }[]) =>
      (await history.activity({ limit: 10, visible })).map(({ hub, group }) => `${hub}/${group}`).reverse();
    expect(await seen({ hubs: ["orders"], groups: ["BILL*"] })).toEqual(["orders/Billing", "orders/null"]);
    expect(await seen({ hubs: ["or_*"], groups: ["*"] })).toEqual(["or_ers/billing"]);
    expect(
      await seen({ hubs: ["clicks"], groups: ["*"] }, { hubs: ["or*"], groups: ["m%", "mail"] }),
    ).toEqual(["orders/mail", "orders/null", "clicks/billing"]);
    expect(await seen({ hubs: ["*"], groups: ["*"] })).toHaveLength(5);
    expect(await seen()).toEqual([]);
    const at = {
      since: 1,
      opened_at: 1,
      told_at: 0,
      last_seen_at: 1,
      summary: "{}",
      worst: "{}",
      worst_measure: 1,
    };
    const causes = [
      ["lag", "mail"],
      ["stop", "mail"],
      ["lag", "Billing"],
      ["stale", null],
    ] as const;
    for (const [rule_id, consumer_group] of causes) {
      const cause = `${rule_id} ${consumer_group}`;
      const incident = {
        ...at,
        cause,
        rule_id,
        severity: "info",
        hub: "orders",
        store: null,
        consumer_group,
      };
      await history.incidents.open(incident, () => []);
    }
    const open = async (...groups: string[]) =>
      (await history.incidents.headsOfOpen([{ hubs: ["*"], groups }])).map(
        ({ rule_id, consumer_group }) => `${rule_id} ${consumer_group}`,
      );
    expect((await open("*")).toSorted()).toEqual(["lag Billing", "lag mail", "stale null", "stop mail"]);
    expect((await open("mail")).toSorted()).toEqual(["lag mail", "stale null", "stop mail"]);
    expect(await history.incidents.headsOfOpen([])).toEqual([]);
  });
});

it("keeps the embedded database in a folder for its owner alone, synced at every commit", async () => {
  const folder = join(newFolder(), "deep", "data");
  const { db } = await open({ kind: "sqlite", folder });
  const mode = new DatabaseSync(join(folder, "tidemark.sqlite"));
  expect(mode.prepare("pragma journal_mode").get()).toEqual({ journal_mode: "wal" });
  mode.close();
  expect(await db.selectFrom("chunks").selectAll().execute()).toEqual([]);
});
