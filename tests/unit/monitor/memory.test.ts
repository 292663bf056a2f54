import { expect, it } from "vitest";
import { addCommit, noCommits } from "#lib/lag/commits.ts";
import { PositionRing } from "#lib/lag/positions.ts";
import { checkpoint } from "#tests/support/fixtures/sources.ts";
import { every, recalledRing, WatchedPartition } from "#tests/support/simulated/watched-partition.ts";

it.each([
  ["seen by a refresh alone", false],
  ["told by the reset before a refresh sees it", true],
])("does not take a forward reset for progress: %s", async (_, isTold) => {
  const world = new WatchedPartition();
  await world.steady(6);
  world.now += 3_000;
  const at = world.now;
  world.stored = { ...checkpoint("0", 900_000, at), writtenBy: "tidemark/r1/0" };
  if (isTold) world.memory.noteOwnWrite("main", "Billing", "0", { sequenceNumber: 900_000, at });
  world.now += 7_000;
  const { group, partition } = await world.refresh();
  expect([group.eventsOutPerSecond, partition.eventsOutPerSecond, group.catchUpSeconds]).toEqual([
    null,
    null,
    null,
  ]);
  await world.steady(6, 900_010);
  expect((await world.refresh()).group.eventsOutPerSecond).toBeLessThan(2);
});

it.each([
  ["first told", true],
  ["first seen by a refresh", false],
])("goes by the later of two resets within one second of the store: the earlier %s", async (_, isTold) => {
  const world = new WatchedPartition();
  await world.steady(6);
  world.now += 3_000;
  const at = world.now;
  const writes = (sequenceNumber: number, id: string) => {
    world.stored = { ...checkpoint("0", sequenceNumber, at), writtenBy: `tidemark/${id}/0` };
    world.memory.noteOwnWrite("main", "billing", "0", { sequenceNumber, at });
  };
  writes(900_000, "r1");
  if (!isTold) await world.refresh();
  writes(world.last, "r2");
  for (let turn = 0; turn < 40; turn += 1) {
    world.now += every;
    const { lag, status, eventsOutPerSecond } = (await world.refresh()).partition;
    expect([lag, status, eventsOutPerSecond ?? 0]).toEqual([0, "ok", 0]);
    // What is told again of the first one is no news.
    world.memory.noteOwnWrite("main", "billing", "0", { sequenceNumber: 900_000, at });
  }
  // The group had nothing left to read, so its silence is no stop.
  world.last += 5;
  world.now += every;
  expect((await world.refresh()).partition).toMatchObject({ lag: 5, status: "unknown" });
});

it("does not take another dashboard's recorded forward reset for progress", async () => {
  const world = new WatchedPartition();
  await world.steady(6);
  const at = world.now + 3_000;
  const ring = {
    commits: [{ sequenceNumber: 900_010, at: at + 5_000, lag: 99_989, blindMs: 0 }],
    lastModified: at + 5_000,
    ownWrite: { sequenceNumber: 900_000, at },
    progress: { at: at + 5_000, isExact: true },
  };
  world.memory.recall(recalledRing(ring, at + 6_000));
  world.now += every;
  world.stored = checkpoint("0", 900_010, at + 5_000);
  expect((await world.refresh()).group.eventsOutPerSecond).toBeNull();
});

it.each([
  ["a group that is watched", 6],
  ["a group at its first refresh", 0],
])("drops what a current refresh listed before a reset: %s", async (_, turns) => {
  const world = new WatchedPartition();
  await world.steady(turns);
  world.now += every;
  world.betweenReadings = () => {
    const at = world.now + 500;
    world.memory.noteOwnWrite("main", "billing", "0", { sequenceNumber: 900_000, at });
    // A processor continues before the next refresh.
    world.stored = checkpoint("0", 900_010, at + 1_000);
  };
  expect((await world.refresh()).partition.eventsOutPerSecond).toBeNull();
  world.now += every;
  const { partition } = await world.refresh();
  expect(partition).toMatchObject({ eventsOutPerSecond: null, status: "unknown" });
  await world.steady(6, 900_020);
  expect((await world.refresh()).group.eventsOutPerSecond).toBeLessThan(2);
});

it("drops what a history without the reset has from before it", async () => {
  const world = new WatchedPartition();
  await world.steady(6);
  const remembered = world.remembered();
  world.restart(null);
  const at = world.now + 1_000;
  world.memory.noteOwnWrite("main", "billing", "0", { sequenceNumber: 900_000, at });
  world.memory.recall(remembered);
  world.now += every;
  world.stored = checkpoint("0", 900_010, at + 1_000);
  expect((await world.refresh()).partition).toMatchObject({ eventsOutPerSecond: null, status: "unknown" });
});

it("takes a quiet group for caught up when its last two checkpoints came within one second", async () => {
  const world = new WatchedPartition();
  const commitAll = () => {
    world.stored = checkpoint("0", world.last, world.now);
  };
  for (let turn = 0; turn < 30; turn += 1) {
    world.now += every;
    world.last += 50;
    commitAll();
    await world.refresh();
  }
  world.last += 3;
  commitAll();
  for (let turn = 0; turn < 60; turn += 1) {
    world.now += every;
    await world.refresh();
  }
  world.now += every;
  world.last += 1;
  expect((await world.refresh()).partition).toMatchObject({ lag: 1, status: "ok" });
});

it("tells no rate after three unwatched days, and no more of the age than it knows", async () => {
  const world = new WatchedPartition();
  await world.steady(12, 900_000);
  world.now += 3 * 86_400_000;
  world.last += 20_000_000;
  world.stored = checkpoint("0", 2_000_000, world.now);
  const { partition } = await world.refresh();
  expect(partition).toMatchObject({ eventsInPerSecond: null, eventsOutPerSecond: null });
  expect(partition).toMatchObject({ lagSeconds: 0, lagSecondsIsLowerBound: true });
  world.now += every;
  world.last += 50;
  world.stored = checkpoint("0", 2_000_070, world.now);
  expect((await world.refresh()).partition).toMatchObject({ eventsInPerSecond: 5, eventsOutPerSecond: 7 });
});

it("starts anew for a hub that was re-created while watched, even with more events than before", async () => {
  const world = new WatchedPartition();
  world.last = 1_000;
  await world.steady(6, 500);
  world.now += every;
  world.createdOn = world.now - 5_000;
  world.last = 50_000;
  expect((await world.refresh()).partition.eventsInPerSecond).toBeNull();
});

it.each([
  ["while it was watched", false, 40],
  ["while it was watched", false, 1_900_000],
  ["while the dashboard was down", true, 40],
  ["while the dashboard was down", true, 1_900_000],
])(
  "takes a hub that was re-created %s neither for a rewind nor for progress",
  async (_, isRestarted, position) => {
    const world = new WatchedPartition();
    await world.steady(6, 500_000);
    const former = { ...world.stored, updatedAt: world.now - 1_000 };
    world.now += 5 * every;
    if (isRestarted) world.restart(world.remembered());
    world.createdOn = world.now - 2_000;
    world.last = 2_000_000;
    // The processors have not started yet.
    world.stored = former;
    await world.refresh();
    world.now += every;
    world.stored = checkpoint("0", position, world.now - 1_000);
    expect((await world.refresh()).partition).toMatchObject({ status: "unknown", eventsOutPerSecond: null });
  },
);

it("keeps the ring while the hub is the same", async () => {
  const world = new WatchedPartition();
  await world.steady(6);
  const commits = () => new Map(world.memory.commitsOf("main", "billing")).get("0");
  const before = commits();
  world.now += every;
  await world.refresh();
  expect(commits()).toBe(before);
});

it("tells no age from before a hub was re-created, as the history brings it back", async () => {
  const world = new WatchedPartition();
  const positions = new PositionRing();
  for (let turn = 0; turn <= 5; turn += 1) positions.add(turn * 200, world.now + turn * every);
  world.memory.recall({
    lastAt: world.now,
    positions: new Map([["0", positions]]),
    pastPositions: new Map(),
    beginnings: new Map(),
    groups: [],
  });
  world.now += 3_600_000;
  world.createdOn = world.now - 600_000;
  world.last = 50_000;
  world.stored = checkpoint("0", 500, world.now);
  expect((await world.refresh()).partition.lagSeconds).toBeNull();
});

it("keeps what it recalls if it has not looked for long itself, since another dashboard did", async () => {
  const world = new WatchedPartition();
  await world.steady(12, 800_000);
  world.now += 2 * 3_600_000;
  let ring = noCommits;
  for (let turn = 0; turn < 10; turn += 1) {
    const at = world.now - 100_000 + turn * every;
    ring = addCommit(ring, { sequenceNumber: 850_000 + turn, at, lag: 100 + turn, blindMs: 0 });
  }
  world.memory.recall(recalledRing(ring, world.now - every));
  world.stored = checkpoint("0", 850_010, world.now);
  const { group } = await world.refresh();
  expect(group.status).toBe("warn");
});

it("does not take a step over removed events for throughput", async () => {
  const world = new WatchedPartition();
  await world.steady(6);
  expect((await world.refresh()).partition.eventsOutPerSecond).toBeCloseTo(1);
  world.now += every;
  world.begin = 50_000;
  world.stored = checkpoint("0", 50_010, world.now - 1_000);
  expect((await world.refresh()).partition).toMatchObject({ lagState: "ok", eventsOutPerSecond: null });
  await world.steady(6, 50_020);
  expect((await world.refresh()).partition.eventsOutPerSecond).toBeCloseTo(1);
});
