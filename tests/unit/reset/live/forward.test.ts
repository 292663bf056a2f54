import { expect, it } from "vitest";
import { like } from "#tests/support/fixtures/reasons.ts";
import { endOf } from "#tests/support/simulated/live-states.ts";
import { SimulatedPartition } from "#tests/support/simulated/simulated-partition.ts";
import { calm, limits, own, start } from "#tests/support/simulated/simulated-runs.ts";

function run(target: number, isForward: boolean) {
  const script = { ...calm, target };
  const world = new SimulatedPartition(script);
  const end = world.run(start(script, isForward), limits(), { type: "start" }, 600_000);
  return { world, end: endOf(end, world.log) };
}

// The review saw 990, with 995 ahead. By the time it is held, the checkpoint is at 1,000.
it("leaves a group that went past a target ahead where it is: the reset never becomes a step back", () => {
  const { world, end } = run(995, true);
  expect(end.end).toMatchObject({ result: "conflict", isVerified: false });
  expect(end.end.reason).toEqual(like("wentPastTarget", { targetSequenceNumber: 995 }));
  expect(world.checkpoint?.isOurs).toBe(false);
  expect(world.fence).toBe(false);
  expect(world.ownership.ownerId).not.toBe(own);
  expect(world.starts).not.toContain(996);
});

it("goes to a target that is still ahead, and back to one that lay behind at the review", () => {
  const ahead = run(1_500, true);
  expect(ahead.end.end).toMatchObject({ result: "written" });
  expect(ahead.world.starts).toContain(1_501);
  const behind = run(499, false);
  expect(behind.end.end).toMatchObject({ result: "written" });
  expect(behind.world.starts).toContain(500);
});
