import { beforeAll, describe, expect, it } from "vitest";
import { demoDay } from "#tests/support/simulated/demo-days.ts";
import {
  type GroupBlobs,
  mixedHub,
  SimulatedDay,
  type SimulatedGroup,
} from "#tests/support/simulated/simulated-day.ts";

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
    if (world.lastOf("1") > 500 + 18) group.checkpoint(world, "1", world.lastOf("1"));
  },
};

/** Claims everything at once. The first event of a partition may be hours away. */
const standby: SimulatedGroup = {
  name: "standby",
  step: (group, world) => {
    group.own(world);
    for (const id of world.partitionIds) {
      const last = world.lastOf(id);
      if (last > world.lastOf(id, 60)) group.checkpoint(world, id, last);
    }
  },
};

const hourly: SimulatedGroup = {
  name: "hourly",
  step: (group, world) => checkpointEvery(60, group, world),
};

const rare: SimulatedGroup = {
  name: "rare",
  step: (group, world) => checkpointEvery(10, group, world),
};

function checkpointEvery(minutes: number, group: GroupBlobs, world: SimulatedDay): void {
  if (world.minutes < 1) return;
  const seconds = 60 + Math.floor((world.minutes - 1) / minutes) * minutes * 60;
  for (const id of world.partitionIds) {
    group.checkpoint(world, id, world.lastOf(id, seconds), world.startedAt + seconds * 1000);
  }
}

const unused = {
  inspectionConsumerGroup: "tidemark",
  consumerGroups: [],
  catalog: {
    consumerGroups: async () => ["healthy", "unused", "tidemark", "$Default"],
    fault: () => null,
  },
};

// Every look falls on another second of what the groups do.
const everyMs = 55_000;

async function wholeDay(world: SimulatedDay): Promise<SimulatedDay> {
  await world.pass(day / 2);
  world.restart();
  await world.pass(day / 2);
  return world;
}

describe("during a day no alarm is raised for", () => {
  let world: SimulatedDay;
  beforeAll(async () => {
    world = await wholeDay(new SimulatedDay([healthy, justStarted, standby, hourly, rare], unused, everyMs));
  }, 60_000);

  it.each(["healthy", "just-started", "standby", "unused", "tidemark", "$Default"])(
    "%s, from the first minute on",
    (name) => {
      expect(world.told.filter(({ group }) => group === name)).toEqual([]);
      expect(world.statuses.has(name)).toBe(true);
    },
  );

  // A single checkpoint tells no rhythm, so five minutes of silence count as stopped
  // (lib/lag/README.md#status, rule 2).
  it.each([
    ["hourly", 60],
    ["rare", 10],
  ])("%s, except before its second checkpoint", (name, minutes) => {
    const told = world.told.filter(({ group }) => group === name);
    expect(told.filter((each) => each.minute > minutes + 2)).toEqual([]);
    const early = told.filter(
      ({ what }) => !/^rule stopped$| has not checkpointed for | behind, and the lag is growing/.test(what),
    );
    expect([told[0]?.minute ?? 0, early]).toEqual([expect.closeTo(6.5, 0), []]);
  });

  it("the hub itself, which is ok except for first checkpoints and for readers without a rhythm yet", () => {
    const after = world.hubStatuses.slice(Math.ceil((62 * 60_000) / everyMs));
    expect(after.every((status) => status === "ok" || status === "unknown")).toBe(true);
    expect(after.filter((status) => status === "unknown").length).toBeLessThanOrEqual(2);
    expect([...(world.statuses.get("healthy") ?? [])]).toEqual(["ok"]);
    // A rate takes two looks.
    expect(new Set(world.words.get("healthy")?.slice(1))).toEqual(new Set(["Caught up"]));
  });
});

it("nor for standby groups on a hub without traffic, with readers that stay or come and go", async () => {
  const deployed: SimulatedGroup = {
    name: "deployed",
    step: (group, world) => group.own(world, `one-${Math.floor(world.minutes / 30)}`),
  };
  const quiet = { ...mixedHub, lastAt: () => 99 };
  const world = await wholeDay(new SimulatedDay([standby, deployed], {}, everyMs, quiet));
  expect(world.told).toEqual([]);
  for (const name of ["standby", "deployed"]) {
    expect([...(world.statuses.get(name) ?? [])], name).toEqual(["ok"]);
    expect(new Set(world.words.get(name))).toEqual(new Set(["No checkpoint"]));
  }
});

describe("nor for a group of the demo that is well", () => {
  const dayOf = async (name: string) => {
    const { hub, group } = demoDay(name);
    return (await wholeDay(new SimulatedDay([group], {}, everyMs, hub))).told;
  };

  it.each(["billing", "live-map", "notify"])("%s, from its first minute on", async (name) => {
    expect(await dayOf(name)).toEqual([]);
  });

  it("enrich, but for partitions that have no owner in the seconds of a restart", async () => {
    const told = await dayOf("enrich");
    expect(
      told.filter(({ what }) => !/^enrich runs, but partitions? [\d, and]+ ha(s|ve) no owner\.$/.test(what)),
    ).toEqual([]);
  });
});

it("but a group that falls behind in that world is told within minutes", async () => {
  const slow: SimulatedGroup = {
    name: "slow",
    step: (group, world) => {
      group.own(world);
      group.checkpointAll(world);
      group.checkpoint(world, "0", 100_000 + Math.floor(world.seconds * 8));
    },
  };
  const world = new SimulatedDay([healthy, slow], {}, everyMs);
  await world.pass(20);
  const told = world.told.filter(({ what }) =>
    what.startsWith("slow is falling behind by 120 events a minute."),
  );
  expect(told[0]?.minute).toBeLessThan(3);
  expect(world.told.filter(({ group }) => group === "healthy")).toEqual([]);
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
