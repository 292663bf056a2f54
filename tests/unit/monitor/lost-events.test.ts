import { expect, it } from "vitest";
import { toIso } from "#lib/core/time.ts";
import { checkpoint, noon } from "#tests/support/fixtures/sources.ts";
import { every, WatchedPartition } from "#tests/support/simulated/watched-partition.ts";

async function overtaken(): Promise<WatchedPartition> {
  const world = new WatchedPartition();
  await world.refresh();
  for (const [begin, cp] of [
    [1_264, 0],
    [1_264, 700],
    [2_000, 1_500],
  ] as const) {
    world.now += every;
    world.begin = begin;
    world.stored = checkpoint("0", cp, world.now);
    await world.refresh();
  }
  return world;
}

it("keeps the total while the figure for the present checkpoint shrinks", async () => {
  const world = await overtaken();
  const { group, partition } = await world.refresh();
  const total = { lostEventsTotal: 563 + 499, lostEventsSince: toIso(noon) };
  expect([group.lostEvents, partition.lostEvents]).toEqual([499, 499]);
  expect(group).toMatchObject(total);
  expect(partition).toMatchObject(total);
});

it("continues after a restart with the history, and starts anew without it", async () => {
  const world = await overtaken();
  world.restart(world.remembered());
  world.now += every;
  world.begin = 2_100;
  await world.refresh();
  expect((await world.refresh()).group).toMatchObject({
    lostEventsTotal: 563 + 499 + 100,
    lostEventsSince: toIso(noon),
  });
  world.restart(null);
  expect((await world.refresh()).group).toMatchObject({
    lostEventsTotal: 0,
    lostEventsSince: toIso(world.now),
  });
});

it.each([
  ["that was made again under its name", 0],
  ["that was made again while nobody watched", 1],
])("starts anew on a hub %s", async (_, restarts) => {
  const world = await overtaken();
  if (restarts > 0) world.restart(world.remembered());
  world.createdOn = world.now + 5_000;
  world.now += every;
  world.begin = 0;
  world.stored = checkpoint("0", 10, world.now);
  expect((await world.refresh()).group).toMatchObject({
    lostEventsTotal: 0,
    lostEventsSince: toIso(world.now),
  });
});
