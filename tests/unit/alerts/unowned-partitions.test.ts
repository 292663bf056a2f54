import { describe, expect, it } from "vitest";
import type { Cause } from "#lib/alerts/incident.ts";
import { observeHub } from "#lib/alerts/observe-hub.ts";
import { UnownedPartitions } from "#lib/alerts/unowned-partitions.ts";
import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { ago, fixtureGroup } from "#tests/support/worlds/fixture-world.ts";
import { now, rule, snapshot } from "./fixtures.ts";

const owner = (state: "active" | "expired" | "released", seconds: number) => ({
  owner: { ownerId: "a", state, lastRenewedAt: ago(seconds) },
});

describe("partitions without an owner when no blob tells since when", () => {
  const observed = (
    unowned: UnownedPartitions,
    minute: number,
    group: Partial<ConsumerGroup>,
    ...partitions: Partial<GroupPartition>[]
  ) => {
    const world = snapshot(
      { ownershipExpirationSeconds: 60, ...group },
      { partitions: partitions.map((partition, index) => ({ ...partition, partitionId: String(index) })) },
    );
    for (const each of world.groups) each.listedAt = now + minute * 60_000;
    unowned.take(world);
    return observeHub([rule({ unownedSeconds: 300 })], world, now, unowned.since)[0];
  };
  const seen = (...looked: Parameters<typeof observed>) => observed(...looked)?.holds;

  it("tells a bound where they were without one at the first look, and their time where they lost it", () => {
    const unowned = new UnownedPartitions();
    const owned = { ownedPartitions: 1 };
    const told = (minute: number, ...partitions: Partial<GroupPartition>[]) =>
      observed(unowned, minute, owned, owner("active", -60 * minute), ...partitions)?.summary;
    const owner1 = (minute: number) => owner("active", -60 * minute);
    expect(told(0, { owner: null }, owner1(0))).toEqual(reason("nothingKnown"));
    expect(told(5, { owner: null }, { owner: null })).toEqual(
      reason("partitionsUnowned", { partitionIds: ["1"], unownedSeconds: 300, isLowerBound: true }),
    );
    expect(told(10, owner1(10), { owner: null })).toEqual(
      reason("partitionsUnowned", { partitionIds: ["2"], unownedSeconds: 300, isLowerBound: false }),
    );
  });

  it("go on after a restart where an open incident names them, and for no other partition", () => {
    const unowned = new UnownedPartitions();
    const partitionIds = ["1"];
    const summary = reason("partitionsUnowned", { partitionIds, unownedSeconds: 900, isLowerBound: false });
    const subject = { hub: "orders", store: fixtureGroup().store, group: fixtureGroup().name };
    unowned.recall({ summary, lastSeenAt: now - 1_000 } as Cause, rule({ unownedSeconds: 300 }), subject);
    const free = { owner: null };
    expect(observed(unowned, 0, { ownedPartitions: 1 }, owner("active", 0), free, free)).toMatchObject({
      holds: true,
      summary: reason("partitionsUnowned", { partitionIds, unownedSeconds: 301, isLowerBound: true }),
    });
  });

  it("counts from the first observation when nobody ever claimed the partition of a group with owners", () => {
    const unowned = new UnownedPartitions();
    const owned = { ownedPartitions: 1 };
    expect(seen(unowned, 0, owned, owner("active", 0), { owner: null })).toBe(false);
    expect(seen(unowned, 4, owned, owner("active", -240), { owner: null })).toBe(false);
    expect(seen(unowned, 5, { ...owned, stale: true }, owner("active", 0), { owner: null })).toBeNull();
    expect(seen(unowned, 6, owned, owner("active", -360), { owner: null })).toBe(true);
    expect(seen(unowned, 7, owned, owner("active", -420), owner("active", -420))).toBe(false);
    expect(seen(unowned, 8, owned, owner("active", -480), { owner: null })).toBe(false);
  });

  it("counts from the first observation of a free blob lease, not from the blob's last change", () => {
    const unowned = new UnownedPartitions();
    const leased = { formats: ["eph" as const], ownedPartitions: 1 };
    const free = owner("expired", 18_000);
    expect(seen(unowned, 0, leased, owner("active", 0), free)).toBe(false);
    expect(seen(unowned, 5, leased, owner("active", 0), free)).toBe(true);
    expect(seen(unowned, 0, { formats: ["common"], ownedPartitions: 1 }, owner("active", 0), free)).toBe(
      true,
    );
  });
});
