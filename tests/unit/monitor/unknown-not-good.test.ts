import { describe, expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import type { PartitionProperties } from "#lib/core/hub-reading.ts";
import type { StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { MonitoredHub } from "#lib/monitor/sources.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  ownership,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { refresher } from "#tests/support/simulated/refreshed-hub.ts";

const busy = new AppError("azureThrottled", "Too busy.");

const waiting = (partitionId: string) =>
  properties(partitionId, { beginningSequenceNumber: 0, lastEnqueuedSequenceNumber: 9_999 });
const neverUsed = (partitionId: string) =>
  properties(partitionId, {
    beginningSequenceNumber: -1,
    lastEnqueuedSequenceNumber: -1,
    lastEnqueuedAt: null,
    isEmpty: true,
  });

class World {
  now = noon;
  partitions: PartitionProperties[];
  unread = new Set<string>();
  checkpoints: StoredCheckpoint[] = [];
  ownerships: StoredOwnership[] = [];
  readonly #refresh: ReturnType<typeof refresher>;

  constructor(partitions: PartitionProperties[], over: Partial<MonitoredHub> = {}) {
    this.partitions = partitions;
    this.#refresh = refresher(
      monitoredHub(
        async () => {
          const reading = hubReading(this.partitions, this.now);
          return {
            ...reading,
            partitions: reading.partitions.map((each) =>
              this.unread.has(each.partitionId)
                ? { partitionId: each.partitionId, properties: null, error: busy }
                : each,
            ),
          };
        },
        {
          main: async () => {
            const isThere = this.checkpoints.length + this.ownerships.length > 0;
            const groups = isThere ? [storedGroup("billing", this.checkpoints, this.ownerships)] : [];
            return storeReading(groups, this.now);
          },
        },
        over,
      ),
    );
  }

  refresh() {
    this.now += 10_000;
    return this.#refresh(this.now);
  }

  async look() {
    const { eventHub, groups } = await this.refresh();
    const group = groups[0]?.group;
    if (group === undefined) throw new Error("no group was found");
    return { hub: eventHub, group };
  }
}

describe("a group is ok only if all of it is known", () => {
  it("is unknown without figures when it has no checkpoint and one partition was never used", async () => {
    const world = new World([...["0", "1", "2"].map(waiting), neverUsed("3")], {
      consumerGroups: ["billing"],
    });
    const { hub, group } = await world.look();
    expect(group).toMatchObject({
      status: "unknown",
      statusCause: "noCheckpoint",
      statusCausePartitions: 3,
      totalLag: 30_000,
      totalLagIsUpperBound: true,
      measuredLag: null,
      lagSeconds: null,
      lagSecondsAtCheckpoint: null,
      catchUpSeconds: null,
      retentionUsed: null,
      neverUsed: false,
    });
    expect(hub.status).toBe("unknown");
  });

  it.each([
    ["two that are ahead", [50_000, 50_000], "ahead", 2],
    ["one that is unreadable", [9_999, null], "unreadable", 1],
  ] as const)("is unknown next to %s", async (_, others, cause, count) => {
    const world = new World(["0", "1", "2"].map(waiting));
    world.checkpoints = [9_999, ...others].map((position, index) =>
      position === null
        ? { ...checkpoint(String(index), 0), sequenceNumber: null, unreadable: "It is blank." }
        : checkpoint(String(index), position),
    );
    const { hub, group } = await world.look();
    expect(group).toMatchObject({ status: "unknown", statusCause: cause, statusCausePartitions: count });
    expect(group).toMatchObject({ lagSeconds: null, lagSecondsIsLowerBound: false, retentionUsed: null });
    expect(hub.status).toBe("unknown");
  });

  it("is ok when the rest is never used, with or without a checkpoint", async () => {
    const world = new World([waiting("0"), neverUsed("1")]);
    world.checkpoints = [checkpoint("0", 9_999)];
    const { hub, group } = await world.look();
    expect([hub.status, group.status, group.lagSeconds]).toEqual(["ok", "ok", 0]);
  });
});

describe("a partition that could not be read", () => {
  it("keeps its status for three refreshes", async () => {
    const world = new World(["0", "1"].map(waiting));
    world.checkpoints = ["0", "1"].map((id) => checkpoint(id, 9_999));
    expect((await world.look()).group.status).toBe("ok");
    world.unread.add("1");
    const seen: string[] = [];
    for (let turn = 0; turn < 4; turn += 1) seen.push((await world.look()).group.status);
    expect(seen).toEqual(["ok", "ok", "ok", "unknown"]);
    world.unread.clear();
    expect((await world.look()).group.status).toBe("ok");
    world.unread.add("1");
    expect((await world.look()).group.status).toBe("ok");
  });

  it("has none to keep if it was never read", async () => {
    const world = new World(["0", "1"].map(waiting));
    world.checkpoints = ["0", "1"].map((id) => checkpoint(id, 9_999));
    world.unread.add("1");
    expect((await world.look()).group).toMatchObject({ status: "unknown", statusCause: "unknown" });
  });
});

describe("a partition with an owner and without a checkpoint", () => {
  const owned = () => {
    const world = new World(["0", "1"].map(waiting));
    world.checkpoints = [checkpoint("0", 9_999)];
    world.ownerships = [ownership("0", "one", noon + 60_000), ownership("1", "one", noon + 60_000)];
    return world;
  };
  const enqueue = (world: World) => {
    world.partitions = [waiting("0"), properties("1", { lastEnqueuedSequenceNumber: 10_000 })];
  };

  it("does not make its group unknown until something is enqueued, and is noted", async () => {
    const world = owned();
    const { hub, group } = await world.look();
    expect([hub.status, group.status]).toEqual(["ok", "ok"]);
    expect(group.notes).toMatchObject([{ code: "awaitingFirstEvent", partitionIds: ["1"] }]);
    enqueue(world);
    const after = await world.look();
    expect(after.group).toMatchObject({ status: "unknown", statusNotKnownYet: 1, notes: [] });
    expect(after.hub.status).toBe("unknown");
  });

  it("keeps it unknown when its processor crashes and comes back, again and again", async () => {
    const world = owned();
    await world.look();
    enqueue(world);
    const seen: unknown[] = [];
    for (let turn = 0; turn < 40; turn += 1) {
      const isDown = turn % 2 === 1;
      world.ownerships = [
        ownership("0", "one", world.now + 10_000),
        ownership("1", isDown ? "" : `crashing-${turn}`, world.now + 10_000),
      ];
      const { group } = await world.look();
      seen.push(group.status);
      if (turn === 39) expect(group.partitionsWithoutCheckpoint).toEqual(["1"]);
    }
    expect(new Set(seen)).toEqual(new Set(["unknown"]));
    world.checkpoints = [checkpoint("0", 9_999), checkpoint("1", 10_000, world.now)];
    expect((await world.look()).group.status).toBe("ok");
  });

  it("stays ok while processors that had nothing to read take turns", async () => {
    const world = owned();
    for (let turn = 0; turn < 5; turn += 1) {
      world.ownerships = ["0", "1"].map((id) => ownership(id, `deployed-${turn}`, world.now + 10_000));
      expect((await world.look()).group.status).toBe("ok");
    }
  });

  it("makes it unknown once nobody owns it", async () => {
    const world = owned();
    world.ownerships = [ownership("0", "one", noon + 60_000)];
    expect((await world.look()).group).toMatchObject({
      status: "unknown",
      partitionsWithoutCheckpoint: ["1"],
      notes: [],
    });
  });

  it("no longer counts as a matter of time five minutes after its owner came", async () => {
    const world = owned();
    await world.look();
    enqueue(world);
    world.now += 5 * 60_000;
    world.ownerships = [ownership("0", "one", world.now), ownership("1", "one", world.now)];
    expect((await world.look()).group).toMatchObject({
      statusNotKnownYet: 0,
      partitionsWithoutCheckpoint: ["1"],
    });
  });
});

describe("a group that nobody uses", () => {
  const catalog = { consumerGroups: async () => ["billing", "unused"], fault: () => null };

  it("is left out of its hub's status when only Azure lists it or the dashboard keeps it for itself", async () => {
    const world = new World([waiting("0")], { catalog, inspectionConsumerGroup: "TideMark" });
    world.checkpoints = [checkpoint("0", 9_999)];
    const { eventHub, groups } = await world.refresh();
    expect(eventHub.status).toBe("ok");
    expect(groups.map(({ group }) => [group.name, group.status, group.neverUsed])).toEqual([
      ["billing", "ok", false],
      ["unused", "unknown", true],
    ]);
    const named = new World([waiting("0")], {
      inspectionConsumerGroup: "TideMark",
      consumerGroups: ["tidemark"],
    });
    const { group, hub } = await named.look();
    expect([group.neverUsed, hub.status]).toEqual([true, "unknown"]);
  });

  it("counts from its first blob on, even when that is gone", async () => {
    const world = new World([waiting("0")], { catalog });
    expect((await world.look()).group).toMatchObject({ name: "billing", neverUsed: true });
    world.ownerships = [ownership("0", "one", noon)];
    expect((await world.look()).group.neverUsed).toBe(false);
    world.ownerships = [];
    expect((await world.look()).group.neverUsed).toBe(false);
  });

  it("counts when it is configured", async () => {
    const world = new World([waiting("0")], { catalog, consumerGroups: ["Unused"] });
    const { groups } = await world.refresh();
    expect(groups.map(({ group }) => [group.name, group.neverUsed])).toEqual([
      ["billing", true],
      ["Unused", false],
    ]);
  });
});

describe("retention that removes events without a checkpoint", () => {
  const step = (world: World, begin: number) => {
    world.partitions = [
      properties("0", { beginningSequenceNumber: begin, lastEnqueuedSequenceNumber: 9_999 }),
    ];
  };

  it("is told from the refresh that sees it, for a configured group", async () => {
    const world = new World([waiting("0")], { consumerGroups: ["billing"] });
    expect((await world.look()).group.partitionsLosingUnread).toEqual([]);
    step(world, 1);
    expect((await world.look()).group.partitionsLosingUnread).toEqual(["0"]);
    world.now += 60 * 60_000;
    expect((await world.look()).group.partitionsLosingUnread).toEqual([]);
  });

  it("is told for a group that was read once, and no other", async () => {
    const world = new World([waiting("0"), waiting("1")]);
    world.ownerships = [ownership("1", "one", noon - 3_600_000)];
    await world.look();
    step(world, 1);
    expect((await world.look()).group.partitionsLosingUnread).toEqual([]);
    world.checkpoints = [checkpoint("1", 9_999)];
    expect((await world.look()).group.partitionsLosingUnread).toEqual(["0"]);
  });

  it("is not told while the owner has just come, or has had nothing to read", async () => {
    const world = new World([waiting("0")], { consumerGroups: ["billing"] });
    world.ownerships = [ownership("0", "one", noon + 60_000)];
    await world.look();
    step(world, 1);
    expect((await world.look()).group.partitionsLosingUnread).toEqual([]);
    world.partitions = [properties("0", { beginningSequenceNumber: 1, lastEnqueuedSequenceNumber: 10_050 })];
    expect((await world.look()).group.partitionsLosingUnread).toEqual([]);
    world.now += 5 * 60_000;
    world.ownerships = [ownership("0", "one", world.now)];
    expect((await world.look()).group.partitionsLosingUnread).toEqual(["0"]);
  });
});
