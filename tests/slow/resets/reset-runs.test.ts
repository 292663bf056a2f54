import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Reset } from "#lib/api/resets.ts";
import { resetSchema } from "#lib/api/resets.ts";
import type { History } from "#lib/history/history.ts";
import type { Caller } from "#lib/server/access/caller.ts";
import { storedBlobs } from "#tests/support/azurite.ts";
import { engines, newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { type ResetDashboard, savePlan, startResetDashboard } from "#tests/support/worlds/reset-dashboard.ts";
import { plannedNow } from "#tests/support/worlds/reset-world.ts";

const ids = ["0", "1", "2"];
const admin1: Caller = { name: "admin-1", key: "admin-1", role: "admin" };
const admin2: Caller = { name: "admin-2", key: "admin-2", role: "admin" };

let world: LocalWorld;
let groups = 0;
let group: string;
let address: { hub: string; group: string; store: undefined };
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 3 }]);
  for (const id of ids) world.enqueue("orders", id, 100);
});
afterAll(() => world?.stop());
beforeEach(async () => {
  groups += 1;
  group = `Group-${groups}`;
  address = { hub: "orders", group, store: undefined };
  for (const id of ids) await world.checkpoint("orders", group, id, 50);
});

const planned = (target: number) => plannedNow(world, group.toLowerCase(), ids, target);
const ended = (dashboard: ResetDashboard, id: string): Promise<Reset> =>
  expect
    .poll(async () => dashboard.runs.runtime.reset(id), { timeout: 10_000 })
    .toSatisfy((reset: Reset) => reset.state !== "running")
    .then(() => dashboard.runs.runtime.reset(id));
const standing = async (id: string) =>
  (await storedBlobs(world.container))[`${localNamespace}/orders/${group.toLowerCase()}/checkpoint/${id}`];
const outcomes = async (history: History) =>
  (await history.activity({ limit: 50 })).map(({ actor, action, outcome }) => [actor, action, outcome]);

async function start(
  kind: (typeof engines)[number] = "sqlite",
  over: Parameters<typeof startResetDashboard>[2] = {},
) {
  const history = await openHistory(await newDatabase(kind));
  return { history, dashboard: startResetDashboard(history, world, over) };
}

describe.each(engines)("resets of a dashboard, recorded in %s", (kind) => {
  it("are applied, told step by step, shown at once and kept in the activity", async () => {
    const { history, dashboard } = await start(kind, { refreshMs: 3_600_000 });
    const subject = { issuer: "https://login.example", key: "1" };
    await expect.poll(() => dashboard.monitor.snapshot("orders")?.groups.length ?? 0).toBeGreaterThan(0);
    const request = await savePlan(history, world, group, await planned(9));
    const reset = await dashboard.runs.runtime.apply(
      address,
      { ...request, confirm: group.toUpperCase() },
      { ...admin1, subject },
    );
    expect(resetSchema.parse(reset)).toMatchObject({
      state: "running",
      actor: "admin-1",
      group,
      planId: request.planId,
    });
    const done = await ended(dashboard, reset.id);
    expect(resetSchema.parse(done)).toMatchObject({
      state: "done",
      entries: ids.map((partitionId) => ({
        partitionId,
        result: "written",
        before: { sequenceNumber: 50, offset: "3200" },
        after: { sequenceNumber: 9, offset: "576" },
        reason: null,
      })),
    });
    expect(Date.parse(done.watchedUntil ?? "") - Date.parse(done.endedAt ?? "")).toBe(180_000);
    await expect.poll(() => dashboard.told.at(-1)).toEqual(done);
    // The next regular refresh would come in an hour.
    const shown = () =>
      dashboard.monitor
        .snapshot("orders")
        ?.groups.find((each) => each.group.name.toLowerCase() === group.toLowerCase())
        ?.partitions.map(({ checkpoint }) => checkpoint?.sequenceNumber);
    await expect.poll(shown).toEqual([9, 9, 9]);

    const [last, first] = await history.activity({ hub: "orders", group, limit: 2 });
    expect(first).toMatchObject({
      actor: "admin-1",
      action: "reset",
      outcome: "started",
      details: { subject },
    });
    expect(last).toMatchObject({
      outcome: "done",
      details: {
        resetId: reset.id,
        store: "main",
        subject,
        target: { kind: "earliest" },
        results: { written: 3 },
        partitions: [
          { partitionId: "0", before: { sequenceNumber: 50 }, after: { sequenceNumber: 9 } },
          { partitionId: "1" },
          { partitionId: "2" },
        ],
      },
    });
    expect(await dashboard.runs.runtime.resets(address, undefined)).toMatchObject({
      resets: [{ id: reset.id }],
    });
  });
});

describe("a refused reset", () => {
  it("is refused with the reason, and stands in the activity", async () => {
    const { history, dashboard } = await start();
    const { apply, reset: find } = dashboard.runs.runtime;
    const request = await savePlan(history, world, group, await planned(9));
    const refused = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) });
    await expect(apply(address, { ...request, confirm: "orders" }, admin1)).rejects.toMatchObject(
      refused("invalidRequest", /^confirm must be the consumer group's name/),
    );
    await expect(apply({ ...address, group: "other" }, request, admin1)).rejects.toMatchObject(
      refused("invalidRequest", /That plan is for another consumer group/),
    );
    const subject = { issuer: "https://login.example", key: "2" };
    await expect(apply(address, request, { ...admin2, subject })).rejects.toMatchObject(
      refused("planGone", /no such plan of yours/),
    );
    await expect(apply(address, request, { ...admin1, key: "another admin-1" })).rejects.toMatchObject(
      refused("planGone", /no such plan of yours/),
    );
    await expect(apply(address, { ...request, planId: "x" }, admin1)).rejects.toMatchObject(
      refused("planGone", /no such plan of yours/),
    );
    const old = await savePlan(history, world, group, await planned(9), { now: Date.now() - 700_000 });
    await expect(apply(address, old, admin1)).rejects.toMatchObject(refused("planGone", /has expired/));
    const blocked = await savePlan(history, world, group, [], { blocked: ids });
    await expect(apply(address, blocked, admin1)).rejects.toMatchObject(
      refused("conflict", /This plan is blocked/),
    );
    const elsewhere = await savePlan(history, world, group, await planned(9), { address: "localhost/other" });
    await expect(apply(address, elsewhere, admin1)).rejects.toMatchObject(
      refused("conflict", /another event hub now/),
    );
    expect(await outcomes(history)).toEqual([
      ["admin-1", "reset", "refused"],
      ["admin-1", "reset", "refused"],
      ["admin-1", "reset", "refused"],
      ["admin-1", "reset", "refused"],
      ["admin-1", "reset", "refused"],
      ["admin-2", "reset", "refused"],
      ["admin-1", "reset", "refused"],
      ["admin-1", "reset", "refused"],
    ]);
    const told = await history.activity({ limit: 8 });
    expect(told.map(({ details }) => details.target)).toEqual([
      ...Array.from({ length: 3 }, () => ({ kind: "earliest" })),
      ...Array.from({ length: 3 }, () => undefined),
      ...Array.from({ length: 2 }, () => ({ kind: "earliest" })),
    ]);
    // The activity holds people's id at their issuer, whatever they call themselves.
    expect(told.flatMap(({ actor, details }) => (details.subject ? [[actor, details.subject]] : []))).toEqual(
      [["admin-2", subject]],
    );
    expect(await standing("0")).toMatchObject({ sequencenumber: "50" });

    const begun = await apply(address, request, { ...admin1, subject });
    const started = (await history.activity({ limit: 3 })).find(({ outcome }) => outcome === "started");
    expect(started?.details).toMatchObject({ resetId: begun.id, subject });
    await ended(dashboard, begun.id);
    await expect(apply(address, request, admin1)).rejects.toMatchObject(
      refused("planGone", new RegExp(`applied already, by the reset ${begun.id}`)),
    );
    await expect(find("none")).rejects.toMatchObject({ code: "notFound" });
  });
});

describe("two dashboards on one PostgreSQL", () => {
  it("never both write, and the second is told who runs the first", async () => {
    const database = await newDatabase("postgres");
    const histories = await Promise.all([openHistory(database), openHistory(database)]);
    const dashboards = histories.map((history) => startResetDashboard(history, world));
    const targets = [9, 19];
    const requests = await Promise.all(
      histories.map(async (history, i) => savePlan(history, world, group, await planned(targets[i] ?? 0))),
    );
    const answers = await Promise.allSettled(
      dashboards.map(({ runs }, i) =>
        runs.runtime.apply(address, requests[i] ?? { planId: "", confirm: "" }, admin1),
      ),
    );
    const winner = answers.findIndex(({ status }) => status === "fulfilled");
    const [won, lost] = [answers[winner], answers[1 - winner]];
    if (won?.status !== "fulfilled" || lost?.status !== "rejected") throw new Error("not one of the two");
    expect(lost.reason).toMatchObject({
      code: "resetRunning",
      message: expect.stringContaining(won.value.id),
    });
    const other = dashboards[1 - winner];
    if (other === undefined) throw new Error("no other");
    const done = await ended(other, won.value.id);
    expect(done.entries.map(({ result }) => result)).toEqual(["written", "written", "written"]);
    for (const id of ids) {
      expect(await standing(id)).toMatchObject({
        sequencenumber: String(targets[winner]),
        clientidentifier: `tidemark/${done.id}/${id}`,
      });
    }
  });
});

describe("after the writes", () => {
  it("a processor that goes on from the old position is told of, and one from the target is not", async () => {
    const { history, dashboard } = await start("sqlite", { ownershipExpirationSeconds: 10, refreshMs: 200 });
    const request = await savePlan(history, world, group, await planned(9));
    const reset = await dashboard.runs.runtime.apply(address, request, admin1);
    const done = await ended(dashboard, reset.id);
    const written = Date.parse(done.entries[0]?.after?.updatedAt ?? "");
    // Last-Modified tells whole seconds, so writes within one second can't be told apart.
    await expect.poll(() => Date.now() - written).toBeGreaterThan(1_000);
    await world.own("orders", group, "1", "newcomer");
    await world.checkpoint("orders", group, "1", 80);
    await world.checkpoint("orders", group, "2", 12);
    // This is the last of them: whoever has seen it has seen the others.
    await world.checkpoint("orders", group, "0", 51);
    const results = async () =>
      (await dashboard.runs.runtime.reset(reset.id)).entries.map(({ result }) => result);
    await expect.poll(results).toEqual(["overwritten", "written", "written"]);
    await world.checkpoint("orders", group, "2", 70);
    await world.checkpoint("orders", group, "1", 3);
    await expect.poll(results).toEqual(["overwritten", "overwritten", "written"]);
    await expect
      .poll(() => dashboard.told.at(-1)?.entries.map(({ result }) => result))
      .toEqual(["overwritten", "overwritten", "written"]);
    const { entries, state } = await dashboard.runs.runtime.reset(reset.id);
    expect(state).toBe("done");
    expect(entries[0]?.reason).toEqual(like("overwrittenFromOld", { writer: null, sequenceNumber: 51 }));
    expect(entries[1]?.reason).toEqual(
      like("overwrittenBefore", { sequenceNumber: 3, targetSequenceNumber: 9 }),
    );
    const [amended] = await history.activity({ limit: 1 });
    expect(amended?.details).toMatchObject({ appliedBy: "admin-1" });
    expect(amended?.details).not.toHaveProperty("subject");
    expect((await outcomes(history)).slice(0, 3)).toEqual([
      ["tidemark", "reset", "overwritten"],
      ["tidemark", "reset", "overwritten"],
      ["admin-1", "reset", "done"],
    ]);
  });

  it("is watched on after a restart, for as long as it says", async () => {
    const history = await openHistory(await newDatabase("sqlite"));
    const over = { ownershipExpirationSeconds: 2, refreshMs: 200 };
    const first = startResetDashboard(history, world, over);
    const reset = await first.runs.runtime.apply(
      address,
      await savePlan(history, world, group, await planned(9)),
      admin1,
    );
    const done = await ended(first, reset.id);
    await first.stop();
    const until = Date.parse(done.watchedUntil ?? "");
    expect(until - Date.parse(done.endedAt ?? "")).toBe(6_000);
    await expect.poll(() => Date.now() - Date.parse(done.endedAt ?? "")).toBeGreaterThan(1_000);
    await world.checkpoint("orders", group, "0", 51);
    const second = startResetDashboard(history, world, over);
    const results = async () =>
      (await second.runs.runtime.reset(reset.id)).entries.map(({ result }) => result);
    await expect.poll(results).toEqual(["overwritten", "written", "written"]);
    await expect.poll(() => Date.now(), { timeout: 8_000 }).toBeGreaterThan(until);
    await world.checkpoint("orders", group, "1", 51);
    const shown = () =>
      second.monitor
        .snapshot("orders")
        ?.groups.find((each) => each.group.name.toLowerCase() === group.toLowerCase())
        ?.partitions.map(({ checkpoint }) => checkpoint?.sequenceNumber);
    await expect.poll(shown).toEqual([51, 51, 9]);
    expect(await results()).toEqual(["overwritten", "written", "written"]);
  });
});
