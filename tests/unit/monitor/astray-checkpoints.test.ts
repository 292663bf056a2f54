import { expect, it } from "vitest";
import { checkpoint } from "#tests/support/fixtures/sources.ts";
import { every, WatchedPartition } from "#tests/support/simulated/watched-partition.ts";

const ours = "tidemark/r1/0";

/** The name now leads to another stream that ends at 3 and gets an event at each refresh. */
function movedAway(): WatchedPartition {
  const world = new WatchedPartition();
  world.last = 3;
  world.stored = checkpoint("0", 5_000, world.now - 3_600_000);
  return world;
}

async function look(world: WatchedPartition, refreshes: number): Promise<string[]> {
  const seen: string[] = [];
  for (let turn = 0; turn < refreshes; turn += 1) {
    world.now += every;
    world.last += 1;
    const { group, partition } = await world.refresh();
    seen.push(`${partition.lagState} ${partition.status} ${group.status}`);
  }
  return seen;
}

const ok = "ok ok ok";
const ahead = "ahead unknown unknown";

it("detects a checkpoint of another stream although events come in at each refresh", async () => {
  expect(await look(movedAway(), 6)).toEqual([ok, ok, ok, ahead, ahead, ahead]);
});

it("continues over a restart, and knows at the first observation what was ahead before it", async () => {
  const world = movedAway();
  expect(await look(world, 2)).toEqual([ok, ok]);
  world.restart(world.remembered());
  expect(await look(world, 2)).toEqual([ok, ahead]);
  world.restart(world.remembered());
  expect(await look(world, 1)).toEqual([ahead]);
});

it("does not mistake a stale read of a healthy group with a moving checkpoint", async () => {
  const world = new WatchedPartition();
  for (let turn = 0; turn < 20; turn += 1) {
    world.now += every;
    world.last += 100;
    world.stored = checkpoint("0", world.last + 50, world.now - 1_000);
    expect((await world.refresh()).partition).toMatchObject({ lag: 0, lagState: "ok", status: "ok" });
  }
});

/** A dead group that was set to the start before retention removed what was there. */
function putToStart(writtenBy: string | null): WatchedPartition {
  const world = new WatchedPartition();
  world.begin = 1_000;
  world.stored = { ...checkpoint("0", 999, world.now), offset: "-1", writtenBy };
  return world;
}

it.each([ours, null])(
  "counts the lag and losses of a group at the start from the first observation on (written by %s)",
  async (writtenBy) => {
    const world = putToStart(writtenBy);
    world.now += every;
    const first = await world.refresh();
    expect(first.partition).toMatchObject({
      lag: 999_000,
      lagState: "ok",
      lostEvents: 0,
      lagIsUpperBound: false,
    });
    world.begin = 1_400;
    world.now += every;
    const { group, partition } = await world.refresh();
    expect(partition).toMatchObject({ lagState: "behindRetention", lostEvents: 400, secondsUntilLoss: 0 });
    expect(group).toMatchObject({ lostEvents: 400, secondsUntilLoss: 0, status: "unknown" });
    world.restart(world.remembered());
    expect((await world.refresh()).partition.lostEvents).toBe(400);
    world.now += 5 * 60_000;
    expect((await world.refresh()).group.status).toBe("stop");
  },
);

it("does not change when somebody set it to the start with a meaningless number", async () => {
  const world = putToStart(null);
  world.stored = { ...world.stored, sequenceNumber: 0 };
  world.now += every;
  expect((await world.refresh()).partition).toMatchObject({ lagState: "ok", lostEvents: 0 });
  world.begin = 1_400;
  expect((await world.refresh()).partition.lostEvents).toBe(400);
  world.restart(world.remembered());
  expect((await world.refresh()).partition.lostEvents).toBe(400);
});
