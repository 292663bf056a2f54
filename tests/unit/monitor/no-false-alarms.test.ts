import { beforeAll, describe, expect, it } from "vitest";
import { minute, SimulatedDay, type SimulatedGroup } from "#tests/support/simulated/simulated-day.ts";

const day = 24 * 60;

const healthy: SimulatedGroup = {
  name: "healthy",
  step: (group, world) => {
    group.own(world);
    group.checkpointAll(world);
  },
};

/** Starts after six hours: claims at once, begins with new events, and checkpoints after a minute. */
const justStarted: SimulatedGroup = {
  name: "just-started",
  step: (group, world) => {
    const since = world.minutes - 360;
    if (since < 0) return;
    group.own(world);
    if (since >= 1) group.checkpoint(world, "0", world.lastOf("0"));
    // On the quiet partition nothing arrived before its first event.
    if (world.lastOf("1") > 500 + 18) group.checkpoint(world, "1", world.lastOf("1"));
  },
};

const standby: SimulatedGroup = { name: "standby", step: (group, world) => group.own(world) };

const hourly: SimulatedGroup = {
  name: "hourly",
  step: (group, world) => {
    if (world.minutes % 60 === 1) group.checkpointAll(world);
  },
};

/** Reads fixed partitions without owning them, and checkpoints every ten minutes. */
const rare: SimulatedGroup = {
  name: "rare",
  step: (group, world) => {
    if (world.minutes % 10 === 0) group.checkpointAll(world, 0);
  },
};

const unused = {
  inspectionConsumerGroup: "tidemark",
  consumerGroups: [],
  catalog: {
    consumerGroups: async () => ["healthy", "unused", "tidemark", "$Default"],
    fault: () => null,
  },
};

describe("during a day no alarm is raised for", () => {
  let world: SimulatedDay;
  let warmUp: number;
  beforeAll(async () => {
    world = new SimulatedDay([healthy, justStarted, hourly, rare], unused, minute);
    // A single checkpoint counts as silent after five minutes; a rhythm takes two.
    await world.pass(62);
    warmUp = world.told.length;
    await world.pass(day / 2 - 62);
    world.restart();
    await world.pass(day / 2);
  }, 60_000);

  it.each(["healthy", "just-started", "hourly", "rare", "unused", "tidemark", "$Default"])("%s", (name) => {
    const told = world.told.slice(warmUp).filter(({ group }) => group === name);
    expect(told).toEqual([]);
    expect(world.statuses.has(name)).toBe(true);
  });

  it("the hub itself, which is ok except for the first checkpoints of a group that just started", () => {
    const after = world.hubStatuses.slice(62);
    expect(after.every((status) => status === "ok" || status === "unknown")).toBe(true);
    expect(after.filter((status) => status === "unknown").length).toBeLessThanOrEqual(2);
    expect([...(world.statuses.get("healthy") ?? [])]).toEqual(["ok"]);
    // A rate takes two looks.
    expect(new Set(world.words.get("healthy")?.slice(1))).toEqual(new Set(["Caught up"]));
  });
});

it("nor for a standby group on a hub without traffic", async () => {
  class Quiet extends SimulatedDay {
    override lastOf(): number {
      return 99;
    }
  }
  const world = new Quiet([standby], {}, minute);
  await world.pass(day / 2);
  world.restart();
  await world.pass(day / 2);
  expect(world.told).toEqual([]);
  expect(new Set(world.words.get("standby"))).toEqual(new Set(["No checkpoint"]));
});

it("but a group that stops in that world is told within minutes", async () => {
  const stops: SimulatedGroup = {
    name: "stops",
    step: (group, world) => {
      if (world.minutes < 120) healthy.step(group, world);
    },
  };
  const world = new SimulatedDay([healthy, stops]);
  await world.pass(119);
  expect(world.told).toEqual([]);
  await world.pass(11);
  const told = new Set(world.told.map(({ group, what }) => `${group}: ${what}`));
  expect([...told]).toContain("stops: rule stopped");
});

describe("a restart continues from what was known", () => {
  const behind: SimulatedGroup = {
    name: "behind",
    step: (group, world) => {
      group.own(world);
      group.checkpoint(world, "0", world.lastOf("0") - 600 + 20 * ((world.now / 10_000) % 2));
      group.checkpoint(world, "1", world.lastOf("1"));
      group.checkpoint(world, "2", 99);
    },
  };
  const halfStopped: SimulatedGroup = {
    name: "half-stopped",
    step: (group, world) => {
      group.own(world);
      if (world.minutes < 60) group.checkpointAll(world);
      else for (const id of ["1", "2"]) group.checkpoint(world, id, world.lastOf(id));
    },
  };

  it("with the same word as before, at the first look and after it", async () => {
    const world = new SimulatedDay([healthy, behind, halfStopped], {}, 10_000);
    await world.pass(90);
    const before = new Map([...world.words].map(([name, words]) => [name, words.at(-1)]));
    expect(before).toEqual(
      new Map([
        ["behind", "Behind, steady"],
        ["half-stopped", "1 of 3 stopped"],
        ["healthy", "Caught up"],
      ]),
    );
    for (const words of world.words.values()) words.length = 0;
    world.restart();
    await world.pass(5);
    for (const [name, words] of world.words) expect([...new Set(words)], name).toEqual([before.get(name)]);
  });
});
