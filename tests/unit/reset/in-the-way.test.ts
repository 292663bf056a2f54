import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { holdingOwnerId } from "#lib/core/holding-owner.ts";
import type { StoredCheckpoint, StoredGroup, StoredOwnership } from "#lib/core/stored-blobs.ts";
import { holdSeconds } from "#lib/reset/plan/hold-seconds.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { misnamed, storedGroup } from "#tests/support/fixtures/sources.ts";
import { at, owner, planned } from "./planned.ts";

describe("who will be held off by a live reset", () => {
  it("names them and how long they are held off, by the stated handler time and the checkpoints seen", async () => {
    const group = storedGroup("billing", [at(5)], [owner(3)]);
    const stated = await planned(group, "live");
    expect(stated.first).toMatchObject({ blockedBy: null, holds: { ownerId: "worker-1", seconds: 70 } });
    const seen = await planned(group, "live", { observedCheckpointSeconds: () => 25 });
    expect(seen.first.holds).toEqual({ ownerId: "worker-1", seconds: 110 });
    expect(seen.second.holds).toBeNull();
  });

  it("tells the number of waves and the seconds in all", async () => {
    const group = storedGroup("billing", [at(5)], [owner(3)]);
    const { plan } = await planned(group, "live");
    // One of two at a time: 70 s for the owned one, 40 s of quiet and 5 s around it for the other.
    expect(plan.live).toEqual({ partitionsAtOnce: 1, waves: 2, seconds: 115 });
    const fast = await planned(group, "live", { observedWorkingSeconds: () => 2 });
    expect(fast.first.holds?.seconds).toBeLessThan(70);
    expect((await planned(group)).plan.live).toBeNull();
  });

  it("refuses a second live reset", async () => {
    const held = owner(3, { ownerId: holdingOwnerId(randomUUID(), "0", "0badcafe") });
    const { first } = await planned(storedGroup("billing", [at(600)], [held]), "live");
    expect(first.blockedBy).toEqual(like("heldByReset", { retryAfterSeconds: 57 }));
  });
});

describe("who is in the way of an offline reset", () => {
  it.each<[string, StoredOwnership[], StoredCheckpoint[], Reason | null]>([
    [
      "an active owner",
      [owner(59)],
      [at(600)],
      like("partitionOwned", { ownerId: "worker-1", renewedSecondsAgo: 59, expiresInSeconds: 1 }),
    ],
    ["an expired one", [owner(60)], [at(600)], null],
    ["one that released", [owner(1, { ownerId: "" })], [at(600)], null],
    [
      "a checkpoint that moves",
      [],
      [at(20)],
      like("checkpointJustWritten", { writtenSecondsAgo: 20, retryAfterSeconds: 40 }),
    ],
    ["a checkpoint that stands still", [], [at(60)], null],
    ["a reset's own write", [], [at(1, { writtenBy: "tidemark/r1/0" })], null],
    [
      "a held lease",
      [owner(600, { leased: true })],
      [at(600, { format: "eph" })],
      like("partitionOwned", { leasedBlob: owner(0).blobName, expiresInSeconds: null }),
    ],
    [
      "a held lease of nobody",
      [owner(600, { leased: true, ownerId: null })],
      [at(600, { format: "eph" })],
      like("partitionOwned", { ownerId: null }),
    ],
    ["a lease that is free", [owner(1, { leased: false })], [at(600, { format: "eph" })], null],
    [
      "an ownership of nobody that is written",
      [owner(5, { ownerId: null })],
      [at(600)],
      like("partitionOwned", { ownerId: null }),
    ],
    ["an ownership of nobody that is old", [owner(600, { ownerId: null })], [at(600)], null],
  ])("%s", async (_, ownerships, checkpoints, blockedBy) => {
    const { first, second, plan, writes } = await planned(storedGroup("billing", checkpoints, ownerships));
    if (blockedBy === null) expect(first.blockedBy).toBeNull();
    else {
      expect(first.blockedBy).toEqual(blockedBy);
      expect(first.holds).toBeNull();
    }
    expect(first.target?.sequenceNumber).toBe(19);
    expect([second.blockedBy, plan.blockedBy]).toEqual([null, null]);
    expect(writes.map(({ partitionId }) => partitionId)).toEqual(blockedBy === null ? ["0", "1"] : ["1"]);
  });

  it("uses the observed expiry, and the slowest SDK's when none was observed", async () => {
    const group = storedGroup("billing", [at(600)], [owner(100)]);
    const inferred = { ownershipExpirationSeconds: null };
    expect((await planned(group, "offline", inferred)).first.blockedBy).toEqual(
      like("partitionOwned", { ownerId: "worker-1", expiresInSeconds: 80 }),
    );
    const observed = { ...inferred, observedExpirationSeconds: () => 90 };
    expect((await planned(group, "offline", observed)).first.blockedBy).toBeNull();
  });

  it("blocks for an owner in one spelling even when the other spelling was released since", async () => {
    const elsewhere = "ns/Hub/Group/ownership/0";
    const group = (secondsAgo: number, ownerId = "worker-2"): StoredGroup => ({
      ...storedGroup("billing", [at(600)], [owner(2, { ownerId })]),
      otherOwnerships: [owner(secondsAgo, { blobName: elsewhere })],
    });
    expect((await planned(group(9, ""))).first.blockedBy).toEqual(
      like("partitionOwned", { ownerId: "worker-1" }),
    );
    expect((await planned(group(60, ""))).first.blockedBy).toBeNull();
    expect((await planned(group(9, ""), "live")).first.holds?.ownerId).toBe("worker-1");
    const both = (await planned(group(9), "live")).first;
    expect(both.blockedBy).toEqual(like("ownedTwice", { blobNames: [owner(0).blobName, elsewhere] }));
  });

  it("says how long to wait after a checkpoint moved", async () => {
    const { first } = await planned(storedGroup("billing", [at(20)]));
    expect(first.blockedBy).toEqual(like("checkpointJustWritten", { retryAfterSeconds: 40 }));
    const early = await planned(storedGroup("billing", [at(19.6)]));
    expect(early.first.blockedBy).toEqual(like("checkpointJustWritten", { retryAfterSeconds: 41 }));
  });

  it("assumes no reader when the last checkpoint is a quarter of an hour old, even if owners expire after a day", async () => {
    const aDay = { ownershipExpirationSeconds: 86_400 };
    expect(
      (await planned(storedGroup("billing", [at(899)]), "offline", aDay)).first.blockedBy,
    ).not.toBeNull();
    expect((await planned(storedGroup("billing", [at(901)]), "offline", aDay)).first.blockedBy).toBeNull();
    const owned = storedGroup("billing", [at(901)], [owner(901)]);
    expect((await planned(owned, "offline", aDay)).first.blockedBy).not.toBeNull();
  });

  it.each<[string, number, number, boolean]>([
    ["both move", 5, 10, true],
    ["one moves", 5, 600, true],
    ["none moves", 100, 600, false],
  ])("tells of two checkpoints of one partition when %s", async (_, newer, older, isBlocked) => {
    const other = at(older, { blobName: "ns/Hub/Group/checkpoint/0" });
    const group = { ...storedGroup("billing", [at(newer)]), superseded: [other] };
    const { first } = await planned(group);
    expect(first.blockedBy !== null).toBe(isBlocked);
    if (!isBlocked) {
      expect(first.warnings).toContainEqual(
        like("olderCheckpointElsewhere", { blobName: "ns/Hub/Group/checkpoint/0" }),
      );
    }
    const both = await planned({ ...group, checkpoints: new Map([["0", at(5)]]) }, "live", {
      contestedPartitions: () => ["0"],
    });
    expect(both.first.blockedBy).toEqual(like("checkpointContested"));
  });
});

describe("a live reset", () => {
  it("is allowed past an active owner, and says whom it will hold off and for how long", async () => {
    const { first, second } = await planned(storedGroup("billing", [at(1)], [owner(5)]), "live");
    expect(first).toMatchObject({ blockedBy: null, holds: { ownerId: "worker-1", seconds: 70 } });
    expect(second).toMatchObject({ blockedBy: null, holds: null });
  });

  it("holds until the slowest habit of a processor is over: its load balancing and one checkpoint", () => {
    const at10 = { handlerSeconds: 1, checkpointSeconds: null, intervalSeconds: 10 };
    expect([
      holdSeconds(at10),
      holdSeconds({ ...at10, handlerSeconds: 30 }),
      holdSeconds({ ...at10, checkpointSeconds: 40 }),
      // Processors that renew every 30 s were measured to need 32 to 40 s.
      holdSeconds({ handlerSeconds: 5, checkpointSeconds: 2, intervalSeconds: 30 }),
    ]).toEqual([26, 100, 170, 37]);
  });

  it("is for the common layout only, and not for a reader that can't be held off", async () => {
    const free = await planned(storedGroup("billing", [at(600, { format: "eph" })]), "live");
    expect(free.first.blockedBy).toEqual(like("layoutNotLive", { format: "eph" }));
    const held = storedGroup("billing", [at(600, { format: "eph" })], [owner(5, { leased: true })]);
    expect((await planned(held, "live")).first.blockedBy).toEqual(like("layoutNotLive"));
    expect((await planned(storedGroup("billing", [at(5)]), "live")).first.blockedBy).toEqual(
      like("checkpointJustWritten"),
    );
  });
});

describe("reading events", () => {
  it("uses the dashboard's group, whoever is at work", async () => {
    const { readings } = await planned(storedGroup("billing", [at(1)], [owner(5)]), "live");
    expect(new Set(readings)).toEqual(new Set(["tidemark/0", "tidemark/1"]));
  });

  it("uses the group itself only when nobody owns or reads the partition", async () => {
    const none = { inspectionConsumerGroup: null };
    const quiet = await planned(storedGroup("billing", [at(600)]), "offline", none);
    expect(new Set(quiet.readings)).toEqual(new Set(["billing/0", "billing/1"]));
    const busy = await planned(storedGroup("billing", [at(1)], [owner(5)]), "live", none);
    expect(busy.readings).toEqual(["billing/1"]);
    expect(busy.first).toMatchObject({
      blockedBy: like("eventsNotReadable"),
      repairs: ["earliest", "latest"],
    });
  });
});

describe("blobs that stop a group's processors on all partitions", () => {
  const torn = at(600, { sequenceNumber: null, unreadable: "it is torn", stopsGroup: true });

  it("are repaired when their partition is reset, and named when it is not", async () => {
    const own = await planned(storedGroup("billing", [torn]));
    expect(own.plan.warnings).toEqual([]);
    expect(own.first.warnings).toContainEqual(like("checkpointRepaired", { fault: "it is torn" }));

    const other = { ...torn, partitionId: "1", blobName: "x/checkpoint/1" };
    const owned = { ...owner(5), partitionId: "1" };
    const { plan } = await planned(storedGroup("billing", [at(600), other], [owned]));
    expect(plan.warnings).toEqual([like("checkpointsUnreadable", { partitionIds: ["1"] })]);
  });

  it("are to be deleted when the hub has no such partition", async () => {
    const group = storedGroup(
      "billing",
      [
        { ...torn, partitionId: "7", blobName: "x/checkpoint/7" },
        // A blank offset stops only its own partition, which is gone.
        { ...at(600), offset: null, partitionId: "9", blobName: "x/checkpoint/9" },
      ],
      [{ ...owner(600, { ownerId: null }), partitionId: "8", blobName: "x/ownership/8" }],
    );
    const { plan } = await planned({
      ...group,
      misnamed: [{ ...misnamed("a/b"), blobName: "x/checkpoint/a/b" }],
    });
    expect(plan.warnings).toEqual([
      like("blobsOfNoPartition", { blobNames: ["x/checkpoint/7", "x/ownership/8", "x/checkpoint/a/b"] }),
    ]);
  });

  it("can be an ownership without an owner", async () => {
    const { plan } = await planned(storedGroup("billing", [], [owner(600, { ownerId: null })]));
    expect(plan.warnings).toEqual([like("ownershipsNameless", { partitionIds: ["0"] })]);
  });
});

it("block the whole plan only when nothing can be written, with the reason that all share", async () => {
  const both = storedGroup("billing", [], [owner(5), { ...owner(5), partitionId: "1" }]);
  const { plan, writes } = await planned(both);
  expect(writes).toEqual([]);
  expect(plan.blockedBy).toEqual(like("partitionOwned", { ownerId: "worker-1" }));
  const different = storedGroup(
    "billing",
    [],
    [owner(5), { ...owner(9), partitionId: "1", ownerId: "worker-2" }],
  );
  expect((await planned(different)).plan.blockedBy).toEqual(like("allBlocked", { partitions: 2 }));
});

describe("a reader without load balancing", () => {
  const rarely = { observedCheckpointSeconds: () => 100 };

  it.each(["offline", "live"] as const)(
    "is in the way of a reset, %s, for three of its own intervals",
    async (mode) => {
      expect((await planned(storedGroup("billing", [at(299)]), mode, rarely)).first.blockedBy).toEqual(
        like("checkpointJustWritten", { retryAfterSeconds: 1 }),
      );
      expect((await planned(storedGroup("billing", [at(300)]), mode, rarely)).first.blockedBy).toBeNull();
    },
  );

  it("is in the way for a quarter of an hour at most", async () => {
    const hourly = { observedCheckpointSeconds: () => 3_600 };
    expect((await planned(storedGroup("billing", [at(899)]), "live", hourly)).first.blockedBy).not.toBeNull();
    expect((await planned(storedGroup("billing", [at(901)]), "live", hourly)).first.blockedBy).toBeNull();
  });

  it("is not assumed when an owner released after the last checkpoint", async () => {
    const released = (secondsAgo: number) => [owner(secondsAgo, { ownerId: "" })];
    const after = storedGroup("billing", [at(20)], released(19));
    expect((await planned(after, "live")).first.blockedBy).toBeNull();
    // A handler may still be at work, and an offline reset does not hold it off.
    expect((await planned(after, "offline")).first.blockedBy).not.toBeNull();
    const before = storedGroup("billing", [at(20)], released(20));
    expect((await planned(before, "live")).first.blockedBy).not.toBeNull();
  });
});
