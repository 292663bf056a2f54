import { describe, expect, it } from "vitest";
import type { Status } from "#lib/api/status.ts";
import { checkpoint } from "#tests/support/fixtures/sources.ts";
import { every, WatchedPartition } from "#tests/support/simulated/watched-partition.ts";

const minute = 60_000;

class Rhythm extends WatchedPartition {
  isAlive = true;
  readonly #everyMs: number;
  #nextAt = this.now;

  constructor(everyMs: number) {
    super();
    this.#everyMs = everyMs;
  }

  async pass(ms: number, isAway = false): Promise<Set<Status>> {
    const seen = new Set<Status>();
    for (const until = this.now + ms; this.now < until; ) {
      this.now += every;
      this.last += 100;
      if (this.isAlive && this.now >= this.#nextAt) {
        this.stored = checkpoint("0", this.last - 5, this.now);
        this.#nextAt += this.#everyMs;
      }
      if (!isAway) seen.add((await this.refresh()).group.status);
    }
    return seen;
  }
}

describe.each([
  ["the sources were away", false],
  ["the dashboard was down", true],
])("when %s", (_, isRestarted) => {
  it.each([50, 90])("for %i min, a group that dies afterwards is shown as stopped as usual", async (away) => {
    const world = new Rhythm(every);
    await world.pass(30 * minute);
    await world.pass(away * minute, true);
    if (isRestarted) world.restart(world.remembered());
    await world.pass(minute);
    world.isAlive = false;
    await world.pass(2 * minute);
    expect((await world.refresh()).group.status).toBe("stop");
  });

  it.each([15, 30])("a group that checkpoints every %i min is not shown as stopped", async (rhythm) => {
    const world = new Rhythm(rhythm * minute);
    await world.pass(3 * rhythm * minute + minute);
    await world.pass(90 * minute, true);
    if (isRestarted) world.restart(world.remembered());
    expect(await world.pass(4 * rhythm * minute)).not.toContain("stop");
  });
});

it("continues from others' last observation when the history came after the first look", async () => {
  const world = new Rhythm(15 * minute);
  await world.pass(14 * minute);
  const remembered = world.remembered();
  await world.pass(3 * minute, true);
  world.restart(null);
  await world.pass(minute);
  world.memory.recall(remembered);
  expect(await world.pass(10 * minute)).not.toContain("stop");
});

it("knows of an unwatched time also when the history came after the first look", async () => {
  const world = new Rhythm(every);
  await world.pass(30 * minute);
  const remembered = world.remembered();
  await world.pass(50 * minute, true);
  world.restart(null);
  await world.pass(minute);
  world.memory.recall(remembered);
  world.isAlive = false;
  await world.pass(2 * minute);
  expect((await world.refresh()).group.status).toBe("stop");
});

it.each([
  ["a moment after the last look", 59 * minute + 50_000, 10 * minute],
  ["long after it", 46 * minute, 37 * minute],
])(
  "does not take the lag after an outage for that at a checkpoint %s: the next is no closer",
  async (_, watched, away) => {
    const world = new Rhythm(15 * minute);
    await world.pass(watched);
    expect((await world.refresh()).group.status).toBe("warn");
    await world.pass(away, true);
    expect(await world.pass(30 * minute)).toEqual(new Set(["warn"]));
  },
);

it("tells no rate of a rarely checkpointing group until another checkpoint came, or none for a minute", async () => {
  const world = new Rhythm(15 * minute);
  await world.pass(5 * minute, true);
  const rate = async () => (await world.refresh()).partition.eventsOutPerSecond;
  expect(await rate()).toBeNull();
  await world.pass(minute);
  expect(await rate()).toBeNull();
  await world.pass(minute);
  expect(await rate()).toBe(0);
  // The blob's own time tells that nothing came during an outage.
  await world.pass(3 * minute, true);
  expect(await rate()).toBe(0);
  await world.pass(7 * minute);
  expect(await rate()).toBe(10);
  // Two hours later the way is unknown, and again a minute must pass.
  await world.pass(125 * minute, true);
  expect(await rate()).toBeNull();
});

it("tells the same last progress of a stalled partition all the time, over a restart too", async () => {
  const world = new WatchedPartition();
  await world.steady(12);
  const progress = new Date(world.stored.updatedAt).toISOString();
  const position = world.stored.sequenceNumber ?? 0;
  const told = new Set<unknown>();
  for (let turn = 0; turn < 60; turn += 1) {
    if (turn === 30) world.restart(world.remembered());
    world.now += every;
    world.last += 100;
    world.stored = checkpoint("0", position, world.now - 1_000);
    const { partition } = await world.refresh();
    if (partition.status !== "stall") continue;
    const { from, fromIsUpperBound } = partition.statusReason?.params ?? {};
    told.add(JSON.stringify([from, fromIsUpperBound]));
  }
  expect([...told]).toEqual([JSON.stringify([progress, false])]);
});
