import { afterAll, beforeAll, expect, it } from "vitest";
import type { Target } from "#lib/api/target.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import { makePlan } from "#lib/reset/plan/make-plan.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { carryOut, officialProcessor, watchedPlaces } from "#tests/support/worlds/planning-world.ts";

const noon = Date.UTC(2026, 0, 15, 12);
const partitionIds = ["0", "1", "2", "3", "4"];
const signal = new AbortController().signal;

let world: LocalWorld;
let monitor: Monitor;
let places: ResetPlaces;
let groups = 0;

const iso = (second: number) => new Date(noon + second * 1_000).toISOString();
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/**
 * Sixty events, a second apart. Some of partition 1 were compacted away, and the first twenty of 2 have left.
 * Partition 3 never had any, and all of 4 have left.
 */
function fill(eventHub: string): void {
  for (const partitionId of ["0", "1", "2", "4"]) {
    world.eventHubs.append(
      eventHub,
      partitionId,
      numbers(0, 59).map((n) => ({ body: n, enqueuedAt: noon + n * 1_000 })),
    );
  }
  world.eventHubs.remove(eventHub, "1", [0, 1, 2, ...numbers(18, 24), 30, 32, 34]);
  world.eventHubs.trim(eventHub, "2", 20);
  world.eventHubs.trim(eventHub, "4", 60);
}

beforeAll(async () => {
  const consumerGroups = ["tidemark", ...numbers(0, 40).map((n) => `group-${n}`)];
  const hub = { partitionCount: 5, consumerGroups, retention: { seconds: 1e9 } };
  world = await startLocalWorld([
    { ...hub, name: "Orders" },
    { ...hub, name: "Replicated", isGeoReplicated: true },
  ]);
  for (const eventHub of ["Orders", "Replicated"]) fill(eventHub);
  const common = { ownershipExpirationSeconds: 1, consumerGroups };
  ({ places, monitor } = await watchedPlaces([
    world.hubConfig("Orders", { ...common, id: "inspected", inspectionConsumerGroup: "tidemark" }),
    world.hubConfig("Orders", { ...common, id: "plain" }),
    world.hubConfig("Replicated", { ...common, id: "replicated", inspectionConsumerGroup: "tidemark" }),
  ]));
});

afterAll(async () => {
  await monitor?.stop();
  await world?.stop();
});

async function stoppedGroup(eventHub: string): Promise<string> {
  const group = `group-${groups++}`;
  const processor = officialProcessor(world.eventHubs, world.container, {
    eventHub,
    group,
    startsAtEarliest: true,
  });
  const ends = partitionIds.flatMap((id) => {
    const { isEmpty, lastEnqueuedSequenceNumber } = world.eventHubs.partition(eventHub, id);
    return isEmpty ? [] : [[id, lastEnqueuedSequenceNumber] as const];
  });
  const read = () => ends.every(([id, last]) => processor.last.get(id) === last);
  await expect.poll(read, { timeout: 15_000 }).toBe(true);
  await processor.stop();
  return group;
}

async function planFor(hub: string, group: string, target: Target): Promise<PlanRecord> {
  const place = places.find({ hub, group, store: undefined });
  const now = Date.now();
  const head = { planId: "p", actor: "admin-1", createdAt: now, expiresAt: now + 600_000 };
  return makePlan(place, { partitions: "all", mode: "offline", handlerSeconds: 30, target }, head, signal);
}

async function planOnceQuiet(hub: string, group: string, target: Target): Promise<PlanRecord> {
  let record = await planFor(hub, group, target);
  const isQuiet = async () => {
    record = await planFor(hub, group, target);
    return record.plan.entries.every(({ blockedBy }) => blockedBy?.code !== "checkpointJustWritten");
  };
  await expect.poll(isQuiet, { timeout: 10_000, interval: 250 }).toBe(true);
  return record;
}

async function firstEvents(eventHub: string, group: string): Promise<Record<string, number>> {
  const processor = officialProcessor(world.eventHubs, world.container, { eventHub, group });
  await expect.poll(() => processor.first.size, { timeout: 15_000 }).toBe(partitionIds.length);
  await processor.stop();
  expect(processor.errors).toEqual([]);
  return Object.fromEntries(processor.first);
}

type Expected = (number | null)[];
const nextOf = (eventHub: string) =>
  Object.fromEntries(
    partitionIds.map((id) => [id, world.eventHubs.partition(eventHub, id).lastEnqueuedSequenceNumber + 1]),
  );

/**
 * Plans, writes, sends one more event everywhere, and compares the promise with what a processor gets.
 * Partitions left out because they are at the target count, too.
 */
async function comesTrue(hub: string, target: Target, expected: Expected): Promise<PlanRecord> {
  const eventHub = hub === "replicated" ? "Replicated" : "Orders";
  const group = await stoppedGroup(eventHub);
  const record = await planOnceQuiet(hub, group, target);
  const { entries, unchangedPartitions } = record.plan;
  expect([...entries.map(({ partitionId }) => partitionId), ...unchangedPartitions].sort()).toEqual(
    partitionIds,
  );
  for (const { partitionId, blockedBy, resumesAt } of entries) {
    expect(blockedBy, partitionId).toBeNull();
    expect(resumesAt?.sequenceNumber ?? null, partitionId).toBe(expected[Number(partitionId)]);
  }
  await carryOut(record, world.container);
  const next = nextOf(eventHub);
  for (const id of partitionIds) world.eventHubs.append(eventHub, id, [{ body: "later" }]);
  const promised = partitionIds.map((id, index) => [id, expected[index] ?? next[id]]);
  expect(await firstEvents(eventHub, group)).toEqual(Object.fromEntries(promised));
  return record;
}

/** Partitions 3 and 4 gain one event with each earlier reset. Returns where they begin now. */
const begins = (eventHub: string) =>
  ["3", "4"].map((id) => {
    const { isEmpty, beginningSequenceNumber } = world.eventHubs.partition(eventHub, id);
    return isEmpty ? null : beginningSequenceNumber;
  });

const value = 20;
const cases: [string, Target, (number | null)[]][] = [
  ["earliest", { kind: "earliest" }, [0, 3, 20]],
  ["latest", { kind: "latest" }, [null, null, null]],
  ["a sequence number, in a gap, and at the beginning", { kind: "sequenceNumber", value }, [20, 25, 20]],
  ["a sequence number after a gap", { kind: "sequenceNumber", value: 25 }, [25, 25, 25]],
  ["the first event by its number", { kind: "sequenceNumber", value: 0 }, [0, 3, 20]],
  ["a time", { kind: "time", value: iso(33.2) }, [34, 35, 34]],
  ["the very time of an event", { kind: "time", value: iso(31) }, [31, 31, 31]],
  [
    "times",
    { kind: "times", values: { "0": iso(1), "1": iso(1), "2": iso(1), "3": iso(1), "4": iso(1) } },
    [1, 3, 20],
  ],
];

it.each(cases)("resumes a stopped group exactly where the plan says: %s", async (_, target, expected) => {
  const rest = target.kind === "latest" ? [null, null] : begins("Orders");
  const late = target.kind === "sequenceNumber" ? await reaching(target.value) : rest;
  await comesTrue("inspected", target, [...expected, ...late]);
});

async function reaching(wanted: number): Promise<(number | null)[]> {
  return ["3", "4"].map((id) => {
    const {
      isEmpty,
      beginningSequenceNumber: begin,
      lastEnqueuedSequenceNumber: last,
    } = world.eventHubs.partition("Orders", id);
    if (isEmpty || wanted > last) return null;
    return Math.max(begin, wanted);
  });
}

it("reads in the group itself when the dashboard has none, and resumes there as well", async () => {
  const { plan } = await comesTrue("plain", { kind: "sequenceNumber", value: 21 }, [
    21,
    25,
    21,
    ...(await reaching(21)),
  ]);
  expect(plan.entries[0]?.target?.enqueuedAt).toBe(iso(20));
});

it("shifts from the next event that the group would read", async () => {
  const ends = nextOf("Orders");
  const back = (id: string, by: number) => (ends[id] ?? 0) - by;
  const rest = begins("Orders").map((begin, index) => Math.max(begin ?? 0, back(String(index + 3), 2)));
  await comesTrue("inspected", { kind: "shift", by: -2 }, [
    back("0", 2),
    back("1", 2),
    back("2", 2),
    ...rest,
  ]);
});

it("goes to another group's place, and to exported positions", async () => {
  const other = await stoppedGroup("Orders");
  await carryOut(
    await planOnceQuiet("inspected", other, { kind: "sequenceNumber", value: 40 }),
    world.container,
  );
  const expected = [40, 40, 40, ...(await reaching(40))];
  await comesTrue("inspected", { kind: "group", name: other.toUpperCase() }, expected);
  const values = Object.fromEntries(partitionIds.map((id) => [id, 45]));
  await comesTrue("inspected", { kind: "positions", values }, [45, 45, 45, ...(await reaching(45))]);
});

it("resumes on a geo-replicated hub, although the last offset there is no valid start", async () => {
  await comesTrue("replicated", { kind: "latest" }, [null, null, null, null, null]);
  await comesTrue("replicated", { kind: "sequenceNumber", value: 25 }, [25, 25, 25, null, 60]);
  await comesTrue("replicated", { kind: "earliest" }, [0, 3, 20, 0, 60]);
});
