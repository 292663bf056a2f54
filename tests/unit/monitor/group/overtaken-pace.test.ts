import { expect, it } from "vitest";
import { checkpoint } from "#tests/support/fixtures/sources.ts";
import { every, WatchedPartition } from "#tests/support/simulated/watched-partition.ts";

async function read(world: WatchedPartition, to: number) {
  world.now += every;
  world.last += 100;
  world.stored = checkpoint("0", to, world.now);
  return world.refresh();
}

it("is not known of a partition whose lag retention limits, and is again once it has moved past", async () => {
  const world = new WatchedPartition();
  await world.refresh();
  for (let turn = 1; turn <= 8; turn += 1) await read(world, 40 * turn);
  const before = await read(world, 360);
  expect(before.group.lagChangePerSecond).toBeCloseTo(6);
  expect(before.partition.pace?.eventsOutPerSecond).toBeCloseTo(4);

  world.begin = 1_000;
  const overtaken = await read(world, 400);
  expect(overtaken.partition.lagState).toBe("behindRetention");
  expect(overtaken.partition.pace).toBeNull();
  expect(overtaken.group.lagChangePerSecond).toBeNull();

  for (const to of [1_100, 1_140]) await read(world, to);
  expect((await read(world, 1_180)).group.lagChangePerSecond).toBeCloseTo(6);
});
