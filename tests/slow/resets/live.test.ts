import { earliestEventPosition } from "@azure/event-hubs";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import type { Reset } from "#lib/api/resets.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { consumerFor, readPartition } from "#tests/support/local-event-hubs.ts";
import { truthOf } from "#tests/support/simulated/live-truth.ts";
import { ownersOf, standsAt, untilShared } from "#tests/support/worlds/live/group-blobs.ts";
import {
  type LiveDashboard,
  type LiveGroup,
  startLiveDashboard,
  startProcessors,
  writesTo,
} from "#tests/support/worlds/live/live-world.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const ids = ["0", "1", "2", "3"];
const groups = ["asked", "fast", "slow", "stopped", "lying", "level", "unbalanced"];
/** Holds take seconds, and the machine may be busy. */
const limitMs = 120_000;
const waiting = { timeout: 60_000, interval: 100 };

let world: LocalWorld;
let live: LiveDashboard;
let producing: NodeJS.Timeout;
beforeAll(async () => {
  world = await startLocalWorld([
    { name: "orders", partitionCount: ids.length, consumerGroups: [...groups, "inspect"] },
  ]);
  for (const id of ids) world.enqueue("orders", id, 400);
  producing = setInterval(() => {
    for (const id of ids) world.enqueue("orders", id, 1);
  }, 500);
  live = await startLiveDashboard(world, { partitionsAtOnce: 2, leastQuietSeconds: 2, overallSeconds: 30 });
});
afterAll(async () => {
  clearInterval(producing);
  await live?.stop();
  await world?.stop();
});

async function startGroup(name: string, count: number, over: Parameters<typeof startProcessors>[3] = {}) {
  const group = startProcessors(world, name, count, over);
  onTestFinished(() => group.close());
  await expect
    .poll(async () => [...(await standsAt(world, name)).values()].filter((at) => at >= 300), waiting)
    .toHaveLength(ids.length);
  await untilShared(world, name, count);
  await expect
    .poll(() => live.dashboard.runtime.eventHub("orders").consumerGroups.map((group) => group.name), waiting)
    .toContain(name);
  return group;
}

const isNamed = (name: string) => (group: { name: string }) => group.name === name;

async function ended(id: string): Promise<Reset> {
  await expect.poll(async () => (await live.reset(id)).state, waiting).not.toBe("running");
  return live.reset(id);
}

async function expectResumed(group: LiveGroup, name: string, reset: Reset, partitionIds = ids, next = 100) {
  const ends = new Map(
    partitionIds.map((id) => [id, world.eventHubs.partition("orders", id).lastEnqueuedSequenceNumber]),
  );
  await expect
    .poll(async () => {
      const stands = await standsAt(world, name);
      return partitionIds.filter((id) => (stands.get(id) ?? -1) < (ends.get(id) ?? 0));
    }, waiting)
    .toEqual([]);
  for (const id of partitionIds) {
    const truth = truthOf(group.reads, id, next, ends.get(id) ?? 0, Date.parse(reset.startedAt));
    expect({ id, ...truth }).toEqual({ id, truth: "resumed" });
  }
}

it(
  "moves a running group, wave by wave, while other groups never notice",
  async () => {
    const group = await startGroup("fast", 2);
    const other = await startGroup("slow", 1);
    const before = await ownersOf(world, "slow");
    const readers = other.reads.length;
    const begun = await live.apply("fast", await writesTo(world, "fast", ids, 99), 1);
    const reset = await ended(begun.id);

    expect(reset).toMatchObject({ state: "done", reason: null });
    for (const entry of reset.entries) {
      expect(entry).toMatchObject({
        result: "written",
        reason: null,
        before: { offset: expect.any(String) },
      });
      expect(entry.live).toMatchObject({
        step: "ended",
        resumedAt: 100,
        heldOff: expect.stringContaining("fast"),
      });
      expect(entry.live?.withoutReaderSeconds).toBeGreaterThan(1.9);
    }
    expect(reset.entries.map(({ live }) => live?.wave)).toEqual([1, 1, 2, 2]);
    await expectResumed(group, "fast", reset);
    expect(await ownersOf(world, "slow")).toEqual(before);
    const sessions = new Set(
      other.reads.slice(readers).map(({ partitionId, session }) => `${partitionId} ${session}`),
    );
    expect(sessions.size).toBe(ids.length);
    for (const owner of (await ownersOf(world, "fast")).values()) expect(resetHolding(owner)).toBeNull();
  },
  limitMs,
);

it(
  "writes again over what a slow processor drains from its queue",
  async () => {
    const group = await startGroup("slow", 1, { handlerMs: 600, batch: 60 });
    const begun = await live.apply("slow", await writesTo(world, "slow", ["1"], 99), 1);
    const reset = await ended(begun.id);

    expect(reset).toMatchObject({ state: "done", entries: [{ result: "written" }] });
    await expectResumed(group, "slow", reset, ["1"]);
  },
  limitMs,
);

it(
  "gives everything back within seconds when the dashboard is stopped in the middle",
  async () => {
    const group = await startGroup("stopped", 1);
    const own = await startLiveDashboard(world, { partitionsAtOnce: 2, leastQuietSeconds: 20 });
    onTestFinished(() => own.stop());
    const begun = await own.apply("stopped", await writesTo(world, "stopped", ids, 99), 1);
    const steps = async () =>
      (await own.reset(begun.id)).entries.filter(({ live }) => live?.step === "holding");
    await expect.poll(async () => (await steps()).length, waiting).toBe(2);

    const at = Date.now();
    await own.dashboard.stop();
    expect(Date.now() - at).toBeLessThan(8_000);
    const reset = await own.recorded(begun.id);
    expect(reset).toMatchObject({ state: "failed", reason: like("dashboardStoppedAmid") });
    expect(reset.entries.map(({ result }) => result)).toEqual(["written", "written", "skipped", "skipped"]);
    expect(reset.entries[0]?.reason).toEqual(like("dashboardStoppedAmid"));
    await expect
      .poll(
        async () => [...(await ownersOf(world, "stopped")).values()].every((id) => id.includes("processor")),
        waiting,
      )
      .toBe(true);
    const count = group.reads.length;
    await expect.poll(() => group.reads.length, waiting).toBeGreaterThan(count + 3);
  },
  limitMs,
);

it(
  "ends on request: after the wave, or at once with what is held given back",
  async () => {
    const group = await startGroup("asked", 1);
    const me = { name: "ada", key: "ada", role: "admin" as const };
    const holding = async (id: string) =>
      (await live.reset(id)).entries.filter(({ live: one }) => one?.step === "holding").length;
    const { resets } = live.dashboard.runtime;

    const first = await live.apply("asked", await writesTo(world, "asked", ids, 99), 1);
    await expect.poll(() => holding(first.id), waiting).toBe(2);
    const asked = await resets.stop(first.id, { when: "afterWave" }, me);
    expect(asked.stopAsked).toMatchObject({ when: "afterWave", actor: "ada" });
    const afterWave = await ended(first.id);
    expect(afterWave).toMatchObject({ state: "failed", reason: like("stopAskedFor", { actor: "ada" }) });
    expect(afterWave.entries.map(({ result }) => result)).toEqual([
      "written",
      "written",
      "skipped",
      "skipped",
    ]);
    expect(afterWave.entries.slice(0, 2).map(({ reason }) => reason)).toEqual([null, null]);
    await expectResumed(group, "asked", afterWave, ["0", "1"]);

    // A hold this long would not end within the test.
    const second = await live.apply("asked", await writesTo(world, "asked", ids, 99), 600);
    await expect.poll(() => holding(second.id), waiting).toBe(2);
    await resets.stop(second.id, { when: "now" }, me);
    const atOnce = await ended(second.id);
    expect(atOnce).toMatchObject({ state: "failed", reason: like("stopAskedFor", { when: "now" }) });
    for (const entry of atOnce.entries.slice(0, 2))
      expect(entry.reason?.params).toMatchObject({ actor: "ada" });
    expect(atOnce.entries.slice(2).map(({ result }) => result)).toEqual(["skipped", "skipped"]);
    await expect
      .poll(
        async () => [...(await ownersOf(world, "asked")).values()].every((id) => resetHolding(id) === null),
        waiting,
      )
      .toBe(true);
    await expect(resets.stop(second.id, { when: "now" }, me)).rejects.toThrow("has ended already");
    const { entries } = await live.dashboard.runtime.activity({ limit: 20 });
    expect(entries.filter(({ outcome }) => outcome === "stopAsked").map(({ actor }) => actor)).toEqual([
      "ada",
      "ada",
    ]);
  },
  limitMs,
);

it(
  "tells that a handler slower than stated may have written over it, and begins nothing more",
  async () => {
    const group = await startGroup("lying", 1, { batch: 100 });
    await group.close();
    const slow = startProcessors(world, "lying", 1, { handlerMs: 9_000, batch: 5 });
    onTestFinished(() => slow.close());
    world.enqueue("orders", "2", 200);
    await expect
      .poll(() => slow.reads.filter(({ partitionId }) => partitionId === "2").length, waiting)
      .toBeGreaterThan(0);
    const begun = await live.apply("lying", await writesTo(world, "lying", ["2", "0", "1"], 99), 1);
    const reset = await ended(begun.id);

    expect(reset.state).toBe("failed");
    expect(reset.entries[0]).toMatchObject({
      result: "unknown",
      reason: like("holdsUnknown", { nextSequenceNumber: 100 }),
    });
    expect(reset.entries[2]).toMatchObject({ result: "skipped" });
  },
  limitMs,
);

it(
  "leaves a partition alone when a reader of a higher level can't be held off, and says so",
  async () => {
    await startGroup("level", 1, { batch: 100 });
    const reader = readPartition(
      consumerFor(world.eventHubs, "orders", "level"),
      "3",
      earliestEventPosition,
      {
        ownerLevel: Number.MAX_SAFE_INTEGER,
      },
    );
    await expect.poll(() => reader.events.length, waiting).toBeGreaterThan(0);
    const begun = await live.apply("level", await writesTo(world, "level", ["3"], 99), 1);
    const reset = await ended(begun.id);

    expect(reset).toMatchObject({ state: "failed", entries: [{ result: "failed", after: null }] });
    expect(reset.entries[0]?.reason).toEqual(like("higherLevel"));
    await expect.poll(async () => (await ownersOf(world, "level")).get("3"), waiting).toContain("processor");
  },
  limitMs,
);

it(
  "lets a reader without load balancing go on from the target, after throwing it out once",
  async () => {
    const partitions = ["0", "1"];
    const readers = partitions.map((partitionId) =>
      startProcessors(world, "unbalanced", 1, { partitionId, handlerMs: 200 }),
    );
    for (const reader of readers) onTestFinished(() => reader.close());
    const stands = async () => await standsAt(world, "unbalanced");
    await expect
      .poll(async () => [...(await stands()).values()].filter((at) => at >= 300), waiting)
      .toHaveLength(partitions.length);
    const begun = await live.apply("unbalanced", await writesTo(world, "unbalanced", partitions, 99), 1);
    const reset = await ended(begun.id);

    expect(reset).toMatchObject({ state: "done", reason: null });
    for (const [index, entry] of reset.entries.entries()) {
      expect(entry).toMatchObject({
        result: "written",
        live: { heldOff: null, resumedAt: 100, resumedBy: null },
      });
      const reader = readers[index];
      if (reader !== undefined) await expectResumed(reader, "unbalanced", reset, [entry.partitionId]);
      // The reader was thrown out once, so it read everything from the new position in one session.
      const since = Date.parse(reset.startedAt);
      const anew = reader?.reads.filter(({ session, at }) => session > 1 && at >= since) ?? [];
      expect(new Set(anew.map(({ session }) => session)).size).toBe(1);
    }
    // The reader owns nothing, and no owner is expected for what the reset gave back.
    const group = live.dashboard.runtime.eventHub("orders").consumerGroups.find(isNamed("unbalanced"));
    expect(group).toMatchObject({ ownedPartitions: 0, owners: [] });
    // The reader goes past the old place as well while the reset is watched.
    await expect.poll(() => Date.now(), waiting).toBeGreaterThan(Date.parse(reset.watchedUntil ?? ""));
    const { entries } = await live.reset(begun.id);
    expect(entries.map(({ result }) => result)).toEqual(["written", "written"]);
  },
  limitMs,
);
