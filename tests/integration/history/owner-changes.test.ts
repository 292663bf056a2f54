import { expect, it, onTestFinished } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import type { History } from "#lib/history/history.ts";
import { readOwnerChanges } from "#lib/history/reading/read-owners.ts";
import { Database } from "#lib/history/storage/database.ts";
import { ownerSpans } from "#lib/ownership/owner-spans.ts";
import { engines, newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { group, hub, type RefreshFixture, refresh } from "#tests/support/fixtures/refresh.ts";

const start = Date.UTC(2026, 0, 15, 12);

function owner(ownerId: string, at: number): NonNullable<NonNullable<RefreshFixture["owners"]>[number]> {
  return { ownerId, lastRenewedAt: new Date(at).toISOString(), state: "active" };
}

it.each(engines)(
  "tells after a restart how long nobody looked, by the store's clock alone, in %s",
  async (kind) => {
    const address = await newDatabase(kind);
    const aheadMs = 600_000;
    /** This machine is ten minutes ahead of the store's clock, which says `at`. */
    const look = (history: History, at: number, ownerId: string) => {
      const read = refresh({ at: at + aheadMs, lags: [0], owners: [owner(ownerId, at - 1_000)] });
      history.record({ ...read, groups: read.groups.map((each) => ({ ...each, listedAt: at })) });
      return history.written();
    };
    const clock = () => start + 2 * aheadMs;
    const before = await openHistory(address, { clock });
    await look(before, start, "a");
    await before.close();
    const history = await openHistory(address, { clock });
    await look(history, start + 300_000, "b");
    const { changes } = await history.owners({ hub, group, from: start, to: start + aheadMs });
    expect(changes).toMatchObject([
      { kind: "stolen", ownerId: "b", isUnobserved: true, uncertaintyMs: 299_000 },
    ]);
  },
);

it.each(engines)(
  "tells the newest changes when there are too many, and who owned what when they begin, in %s",
  async (kind) => {
    const address = await newDatabase(kind);
    const history = await openHistory(address, { clock: () => start });
    for (let i = 0; i <= 9; i += 1) {
      const at = start + i * 10_000;
      const owners = [owner(`a${i}`, at), owner(i < 3 ? "b" : "c", i < 3 ? start : start + 30_000)];
      history.record(refresh({ at, lags: [0, 0], owners }));
    }
    await history.written();
    const database = new Database(address);
    onTestFinished(() => database.close());
    const { db } = await database.engine();
    const { id } = await db
      .selectFrom("series")
      .select("id")
      .where("consumer_group", "!=", "")
      .executeTakeFirstOrThrow();

    const all = await readOwnerChanges(db, id, start);
    expect(all.cutBefore).toBeNull();
    expect(all.changes).toHaveLength(12);

    const { changes, cutBefore } = await readOwnerChanges(db, id, start, 4);
    // The fifth newest, at 50 s, is left out along with everything at that moment.
    expect(cutBefore).toBe(start + 50_001);
    expect(changes.filter(({ at }) => at >= start + 50_001).map(({ ownerId }) => ownerId)).toEqual([
      "a6",
      "a7",
      "a8",
      "a9",
    ]);
    const running = ownerSpans(changes).filter(({ to }) => to === null || to > start + 55_000);
    expect(running.map(({ ownerId, from }) => [ownerId, (from - start) / 1000])).toEqual([
      ["c", 30],
      ["a5", 50],
      ["a6", 60],
      ["a7", 70],
      ["a8", 80],
      ["a9", 90],
    ]);
  },
);

it("knows the pace of a slowed hub: its rounds leave no gap, and its owners were observed", async () => {
  const readEvery = {
    seconds: 26,
    reason: toWire(reason("hubBusy", { reads: 1_025, perSecond: 40, seconds: 26 })),
  };
  const ended = start + 4 * 30_000;
  const clock = () => ended;
  const history = await openHistory(await newDatabase("sqlite"), { clock, refreshSeconds: 5 });
  for (let at = start; at < ended; at += 30_000) {
    const read = refresh({ at, lags: [7], owners: [owner(at < start + 60_000 ? "a" : "b", at - 1_000)] });
    history.record({ ...read, eventHub: { ...read.eventHub, readEvery } });
  }
  await history.written();
  const range = { hub, group, from: start, to: ended };
  const { points } = await history.points({ ...range, points: 100 });
  expect(points.map(({ lag }) => lag)).toEqual(Array.from({ length: points.length }, () => 7));
  const { changes } = await history.owners(range);
  expect(changes.filter(({ kind }) => kind === "stolen")).toMatchObject([
    { ownerId: "b", isUnobserved: false },
  ]);
});
