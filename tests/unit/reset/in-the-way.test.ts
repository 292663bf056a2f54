import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ResetMode } from "#lib/api/resets.ts";
import { holdingOwnerId } from "#lib/checkpoint-store/hold-ownership.ts";
import type { StoredCheckpoint, StoredGroup, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { ResetPlace } from "#lib/reset/place.ts";
import { holdSeconds } from "#lib/reset/plan/hold-seconds.ts";
import { makePlan } from "#lib/reset/plan/make-plan.ts";
import { modelPartition, modelPlace, offsetOf } from "#tests/support/model-place.ts";
import { checkpoint, noon, ownership, storedGroup } from "#tests/support/sources.ts";

const signal = new AbortController().signal;
const head = { planId: "p", actor: "admin-1", createdAt: noon, expiresAt: noon + 600_000 };
const now = noon + 3_600_000;
const ago = (seconds: number) => now - seconds * 1_000;
const partitions = { "0": modelPartition(0, 99), "1": modelPartition(0, 99) };
const at = (secondsAgo: number, over: Partial<StoredCheckpoint> = {}): StoredCheckpoint => ({
  ...checkpoint("0", 49, ago(secondsAgo)),
  offset: offsetOf(49),
  ...over,
});
const owner = (secondsAgo: number, over: Partial<StoredOwnership> = {}) => ({
  ...ownership("0", "worker-1", ago(secondsAgo)),
  ...over,
});

async function planned(
  group: StoredGroup | null,
  mode: ResetMode = "offline",
  place: Partial<ResetPlace> = {},
) {
  const model = modelPlace({ partitions, group, now, place });
  const target = { kind: "sequenceNumber" as const, value: 20 };
  const request = { partitions: "all" as const, mode, handlerSeconds: 20, target };
  const { plan, writes } = await makePlan(model, request, head, signal);
  const [first, second] = plan.entries;
  if (first === undefined || second === undefined) throw new Error("Two partitions were asked for.");
  return { plan, first, second, writes, readings: model.readings() };
}

describe("who will be held off by a live reset", () => {
  it("tells whom, and for how long, by the stated handler and by the checkpoints that were seen", async () => {
    const group = storedGroup("billing", [at(5)], [owner(3)]);
    const stated = await planned(group, "live");
    expect(stated.first).toMatchObject({ blockedBy: null, holds: { ownerId: "worker-1", seconds: 45 } });
    const seen = await planned(group, "live", { observedCheckpointSeconds: () => 25 });
    expect(seen.first.holds).toEqual({ ownerId: "worker-1", seconds: 80 });
    expect(seen.second.holds).toBeNull();
  });

  it("is no other live reset", async () => {
    const held = owner(3, { ownerId: holdingOwnerId(randomUUID(), "0", "0badcafe") });
    const { first } = await planned(storedGroup("billing", [at(600)], [held]), "live");
    expect(first.blockedBy).toContain("Another live reset holds this partition");
  });
});

describe("who is in the way of an offline reset", () => {
  it.each<[string, StoredOwnership[], StoredCheckpoint[], string | null]>([
    ["an active owner", [owner(59)], [at(600)], "worker-1 owns this partition (last renewed 59 s ago)"],
    ["an expired one", [owner(60)], [at(600)], null],
    ["one that released", [owner(1, { ownerId: "" })], [at(600)], null],
    ["a checkpoint that moves", [], [at(20)], "written 20 s ago although nobody owns the partition"],
    ["a checkpoint that stands still", [], [at(60)], null],
    ["a reset's own write", [], [at(1, { writtenBy: "tidemark/r1/0" })], null],
    ["a held lease", [owner(600, { leased: true })], [at(600, { format: "eph" })], "holds the lease"],
    [
      "a held lease of nobody",
      [owner(600, { leased: true, ownerId: null })],
      [at(600, { format: "eph" })],
      "does not say its name",
    ],
    ["a lease that is free", [owner(1, { leased: false })], [at(600, { format: "eph" })], null],
    [
      "an ownership of nobody that is written",
      [owner(5, { ownerId: null })],
      [at(600)],
      "does not say its name",
    ],
    ["an ownership of nobody that is old", [owner(600, { ownerId: null })], [at(600)], null],
  ])("%s", async (_, ownerships, checkpoints, blockedBy) => {
    const { first, second, plan, writes } = await planned(storedGroup("billing", checkpoints, ownerships));
    if (blockedBy === null) expect(first.blockedBy).toBeNull();
    else
      expect(first).toMatchObject({
        blockedBy: expect.stringContaining(blockedBy),
        target: null,
        holds: null,
      });
    // It blocks its own partition, and not the other.
    expect([second.blockedBy, plan.blockedBy]).toEqual([null, null]);
    expect(writes.map(({ partitionId }) => partitionId)).toEqual(blockedBy === null ? ["0", "1"] : ["1"]);
  });

  it("goes by the observed expiry, and the slowest SDK's where nothing was observed", async () => {
    const group = storedGroup("billing", [at(600)], [owner(100)]);
    const inferred = { ownershipExpirationSeconds: null };
    expect((await planned(group, "offline", inferred)).first.blockedBy).toContain("worker-1");
    const observed = { ...inferred, observedExpirationSeconds: () => 90 };
    expect((await planned(group, "offline", observed)).first.blockedBy).toBeNull();
  });

  it("is an owner of one spelling, though it was given up in another since", async () => {
    const elsewhere = "ns/Hub/Group/ownership/0";
    const group = (secondsAgo: number, ownerId = "worker-2"): StoredGroup => ({
      ...storedGroup("billing", [at(600)], [owner(2, { ownerId })]),
      otherOwnerships: [owner(secondsAgo, { blobName: elsewhere })],
    });
    expect((await planned(group(9, ""))).first.blockedBy).toContain("worker-1 owns this partition");
    expect((await planned(group(60, ""))).first.blockedBy).toBeNull();
    expect((await planned(group(9, ""), "live")).first.holds?.ownerId).toBe("worker-1");
    const both = (await planned(group(9), "live")).first;
    expect(both.blockedBy).toContain(`and in ${elsewhere}: two kinds of processors`);
  });

  it("says how long to wait for a checkpoint that moved", async () => {
    const { first } = await planned(storedGroup("billing", [at(20)]));
    expect(first.blockedBy).toContain("in 40 s");
    // As after every clean stop, which leaves nothing to be stopped.
    expect(first.blockedBy).toContain("by a processor that has just stopped, or by a reader");
    // Not a second too early, for then it would be refused again.
    expect((await planned(storedGroup("billing", [at(19.6)]))).first.blockedBy).toContain("in 41 s");
  });

  it.each<[string, number, number, boolean]>([
    ["both move", 5, 10, true],
    ["one moves", 5, 600, true],
    ["none moves", 100, 600, false],
  ])("tells of two checkpoints of one partition where %s", async (_, newer, older, isBlocked) => {
    const other = at(older, { blobName: "ns/Hub/Group/checkpoint/0" });
    const group = { ...storedGroup("billing", [at(newer)]), superseded: [other] };
    const { first } = await planned(group);
    expect(first.blockedBy !== null).toBe(isBlocked);
    if (!isBlocked) expect(first.warnings.join()).toContain("ns/Hub/Group/checkpoint/0");
    const both = await planned({ ...group, checkpoints: new Map([["0", at(5)]]) }, "live", {
      contestedPartitions: () => ["0"],
    });
    expect(both.first.blockedBy).toContain("two kinds of processors");
  });
});

describe("a live reset", () => {
  it("goes past an active owner, and says whom it will hold off and how long", async () => {
    const { first, second } = await planned(storedGroup("billing", [at(1)], [owner(5)]), "live");
    expect(first).toMatchObject({ blockedBy: null, holds: { ownerId: "worker-1", seconds: 45 } });
    expect(second).toMatchObject({ blockedBy: null, holds: null });
  });

  it("holds until a processor's slowest habit is over", () => {
    expect([holdSeconds(1, null), holdSeconds(30, null), holdSeconds(1, 40)]).toEqual([20, 65, 125]);
  });

  it("takes the common layout alone, and no reader that can't be held", async () => {
    const free = await planned(storedGroup("billing", [at(600, { format: "eph" })]), "live");
    expect(free.first.blockedBy).toContain("common layout");
    const held = storedGroup("billing", [at(600, { format: "eph" })], [owner(5, { leased: true })]);
    expect((await planned(held, "live")).first.blockedBy).toContain("common layout");
    expect((await planned(storedGroup("billing", [at(5)]), "live")).first.blockedBy).toContain(
      "although nobody owns",
    );
  });
});

describe("reading events", () => {
  it("happens in the dashboard's group, whoever is at work", async () => {
    const { readings } = await planned(storedGroup("billing", [at(1)], [owner(5)]), "live");
    expect(new Set(readings)).toEqual(new Set(["tidemark/0", "tidemark/1"]));
  });

  it("happens in the group itself only where nobody owns or reads the partition", async () => {
    const none = { inspectionConsumerGroup: null };
    const quiet = await planned(storedGroup("billing", [at(600)]), "offline", none);
    expect(new Set(quiet.readings)).toEqual(new Set(["billing/0", "billing/1"]));
    const busy = await planned(storedGroup("billing", [at(1)], [owner(5)]), "live", none);
    expect(busy.readings).toEqual(["billing/1"]);
    expect(busy.first).toMatchObject({
      blockedBy: expect.stringContaining("inspectionConsumerGroup"),
      repairs: ["earliest", "latest"],
    });
  });
});

describe("the blob that is written", () => {
  const blobNames = async (group: StoredGroup | null, place: Partial<ResetPlace> = {}) =>
    (await planned(group, "offline", place)).writes.map(({ blobName, etag }) => [blobName, etag]);
  const typed = "Contoso.servicebus.windows.net/Orders/Billing";

  const lower = "contoso.servicebus.windows.net/orders/billing";
  const checkpointIn = (tree: string, id: string, secondsAgo: number, over: Partial<StoredCheckpoint> = {}) =>
    at(secondsAgo, { partitionId: id, blobName: `${tree}/checkpoint/${id}`, etag: `${tree} ${id}`, ...over });
  const ownedIn = (tree: string, id: string, ownerId: string, secondsAgo: number): StoredOwnership => ({
    ...ownership(id, ownerId, ago(secondsAgo)),
    blobName: `${tree}/ownership/${id}`,
  });

  it("is the one that counts, and a new one stands beside the newest, spelled as that", async () => {
    const group = storedGroup(
      "billing",
      [checkpointIn(lower, "0", 600)],
      [ownedIn(typed, "3", "", 601), ownedIn(lower, "3", "", 600)],
    );
    expect(await blobNames(group)).toEqual([
      [`${lower}/checkpoint/0`, `${lower} 0`],
      [`${lower}/checkpoint/1`, null],
    ]);
  });

  it("is where the group lives by now, though an idle partition's checkpoint stands where it lived before", async () => {
    const group = storedGroup(
      "billing",
      [checkpointIn(typed, "0", 86_400), checkpointIn(lower, "1", 600)],
      [ownedIn(lower, "0", "", 500), ownedIn(lower, "1", "", 500)],
    );
    const { first, writes } = await planned(group);
    expect(writes.map(({ blobName, etag }) => [blobName, etag])).toEqual([
      [`${lower}/checkpoint/0`, null],
      [`${lower}/checkpoint/1`, `${lower} 1`],
    ]);
    // Its processors would find none: that is what is replaced.
    expect(first).toMatchObject({ current: null, replays: null, skips: null });
    expect(first.warnings.join()).toContain(`they read ${lower}/checkpoint/0, which is written`);
    // Without an owner of its own, too: the newest blob of the whole group tells.
    expect(await blobNames({ ...group, ownerships: new Map() })).toMatchObject([
      [`${lower}/checkpoint/0`, null],
      {},
    ]);
  });

  it("is the older of two where its tree is the live one, and is what is replaced", async () => {
    const old = checkpointIn(lower, "0", 90_000, { sequenceNumber: 30, offset: offsetOf(30) });
    const group = {
      ...storedGroup("billing", [checkpointIn(typed, "0", 86_400)], [ownedIn(lower, "1", "", 500)]),
      superseded: [old],
    };
    const { first, writes } = await planned(group);
    expect(writes[0]).toMatchObject({ blobName: old.blobName, etag: old.etag });
    expect(first).toMatchObject({ current: { sequenceNumber: 30 }, replays: 11 });
    expect(first.warnings.join()).toContain(
      `The newest checkpoint of this partition stands in ${typed}/checkpoint/0`,
    );
  });

  it("is its owner's, live, whatever tree is the newest", async () => {
    const group = storedGroup(
      "billing",
      [checkpointIn(typed, "0", 86_400), checkpointIn(typed, "1", 2)],
      [ownedIn(lower, "0", "worker-1", 9), ownedIn(typed, "1", "worker-2", 3)],
    );
    const { writes, first } = await planned(group, "live");
    expect(writes.map(({ blobName }) => blobName)).toEqual([
      `${lower}/checkpoint/0`,
      `${typed}/checkpoint/1`,
    ]);
    expect(first.holds?.ownerId).toBe("worker-1");
  });

  it("is of the layout that was written last, and for Azure Functions the one that they fall back to", async () => {
    const json = (format: "eph" | "functions", secondsAgo: number) =>
      at(secondsAgo, { format, blobName: "ns/hub/billing/0", etag: "json" });
    const common = [ownedIn(lower, "0", "", 500)];
    const first = async (format: "eph" | "functions", secondsAgo: number) =>
      (await blobNames(storedGroup("billing", [json(format, secondsAgo)], common)))[0];
    expect(await first("eph", 400)).toEqual(["ns/hub/billing/0", "json"]);
    expect(await first("eph", 600)).toEqual([`${lower}/checkpoint/0`, null]);
    expect(await first("functions", 600)).toEqual(["ns/hub/billing/0", "json"]);
  });

  it("is spelled lower-case where the group has none, under the store's own prefix", async () => {
    const folder = "contoso.servicebus.windows.net/orders/billing/checkpoint";
    const [first] = await blobNames(null);
    expect(first).toEqual([`${folder}/0`, null]);
    const [prefixed] = await blobNames(null, { commonPrefix: "Team A/" });
    expect(prefixed).toEqual([`Team A/${folder}/0`, null]);
  });

  it("is not made up in a layout whose processors make their own", async () => {
    const group = { ...storedGroup("billing", [at(600, { format: "eph" })]), formats: ["eph" as const] };
    const { first, second } = await planned(group);
    expect([first.blockedBy, second.blockedBy]).toEqual([
      null,
      expect.stringContaining("only its processors"),
    ]);
    expect((await planned(null, "offline", { commonPrefix: null })).plan.blockedBy).toContain(
      "only its processors",
    );
  });
});

describe("what stops a group's processors on all partitions", () => {
  const torn = at(600, { sequenceNumber: null, unreadable: "It is torn." });

  it("is repaired where it is reset, and told where it is not", async () => {
    const own = await planned(storedGroup("billing", [torn]));
    expect(own.plan.warnings).toEqual([]);
    expect(own.first.warnings.join()).toContain("It is torn. The reset repairs it.");

    const elsewhere = storedGroup("billing", [
      { ...torn, partitionId: "7", blobName: "x/checkpoint/7" },
      { ...at(600), offset: null, partitionId: "8", blobName: "x/checkpoint/8" },
      { ...torn, format: "eph", partitionId: "9", blobName: "x/9" },
    ]);
    const { plan } = await planned(elsewhere);
    expect(plan.warnings).toEqual([expect.stringContaining("the partitions 7, 8 can't be read")]);
  });

  it("may be an ownership without an owner", async () => {
    const { plan } = await planned(storedGroup("billing", [], [owner(600, { ownerId: null })]));
    expect(plan.warnings).toEqual([expect.stringContaining("partition 0 names no owner")]);
  });
});

it("is blocked as a whole only where nothing can be written, with the reason that all share", async () => {
  const both = storedGroup("billing", [], [owner(5), { ...owner(5), partitionId: "1" }]);
  const { plan, writes } = await planned(both);
  expect(writes).toEqual([]);
  expect(plan.blockedBy).toContain("worker-1 owns this partition");
  const different = storedGroup(
    "billing",
    [],
    [owner(5), { ...owner(9), partitionId: "1", ownerId: "worker-2" }],
  );
  expect((await planned(different)).plan.blockedBy).toBe(
    "None of the 2 partitions can be reset; each says why.",
  );
});
