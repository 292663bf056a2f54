import { expect, it } from "vitest";
import { needsAttention } from "#lib/client/lag/attention.ts";
import { catchUpOf } from "#lib/client/lag/catch-up.ts";
import { groupChip } from "#lib/client/lag/status-words.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { RefreshedHub } from "#tests/support/simulated/refreshed-hub.ts";

const at = (second: number) => noon + second * 1000;
const end = (second: number) => 1_000 + second * 2;
const [stopsAt, resumesAt] = [600, 750];

interface Course {
  checkpointSeconds: number;
  perSecond: number;
  /** When in its ten seconds a refresh falls. */
  offset: number;
  restartsAt?: number;
}

/** Two events a second come in. The group keeps pace, stands still for 150 s, and goes on with `perSecond`. */
async function watch({ checkpointSeconds, perSecond, offset, restartsAt }: Course, until: number) {
  let second = offset;
  const positionAt = (commit: number) => {
    const read = commit <= stopsAt ? end(commit) : end(stopsAt) + (commit - resumesAt) * perSecond;
    return Math.min(end(commit), read);
  };
  const newestCommit = () => {
    const isBack = second >= resumesAt + checkpointSeconds;
    const since = isBack ? resumesAt : 0;
    const now = isBack ? second : Math.min(second, stopsAt);
    return since + Math.floor((now - since) / checkpointSeconds) * checkpointSeconds;
  };
  const hub = new RefreshedHub(
    monitoredHub(
      async () =>
        hubReading(
          [properties("0", { lastEnqueuedSequenceNumber: end(second), lastEnqueuedAt: at(second) })],
          at(second),
        ),
      {
        main: async () => {
          const commit = newestCommit();
          return storeReading(
            [storedGroup("billing", [checkpoint("0", positionAt(commit), at(commit))])],
            at(second),
          );
        },
      },
    ),
  );
  const seen = [];
  for (; second <= until; second += 10) {
    if (restartsAt !== undefined && second >= restartsAt && second < restartsAt + 10) restart(hub, second);
    const { groups } = await hub.refresh(at(second));
    const [snapshot] = groups;
    if (snapshot === undefined) throw new Error("nothing was read");
    const { group, eventsOutOverWindow } = snapshot;
    seen.push({ second, group, eventsOutOverWindow, isBack: newestCommit() > stopsAt });
  }
  return { seen, since: seen.filter(({ isBack }) => isBack) };
}

function restart(hub: RefreshedHub, second: number): void {
  const { positions, pastPositions, beginnings } = hub.memory;
  const usage = hub.memory.usageOf("main", "billing");
  if (usage === null) throw new Error("nothing is remembered");
  const commits = new Map(hub.memory.commitsOf("main", "billing"));
  const losses = new Map(hub.memory.lossesOf("main", "billing"));
  const group = { store: "main", consumerGroup: "billing", commits, losses, renewalSeconds: null, ...usage };
  hub.restart({ lastAt: at(second), positions, pastPositions, beginnings, groups: [group] });
}

const courses = [1, 5].flatMap((checkpointSeconds) =>
  [0, 1, 4, 7].map((offset) => ({ checkpointSeconds, offset })),
);

it.each(courses)("a group that catches up after a standstill is never falling behind, %j", async (course) => {
  const { since } = await watch({ ...course, perSecond: 8 }, resumesAt + 100);
  const words = since.map(({ group }) => groupChip(group).word);
  expect(words[0]).toBe("Not known yet");
  expect(words.slice(1, 4)).toEqual(["Catching up", "Catching up", "Catching up"]);
  expect(words.at(-1)).toBe("Caught up");
  expect(words).not.toContain("Falling behind");
  const told = since.flatMap(({ group }) => needsAttention([{ hubId: "orders", group }]));
  expect(told).toEqual([]);

  for (const { second, group } of since.slice(1, 4)) {
    const truly = (group.totalLag ?? 0) / (8 - 2);
    expect(group.catchUpSeconds, String(second)).toBeGreaterThan(truly / 2);
    expect(group.catchUpSeconds, String(second)).toBeLessThan(truly * 2);
    expect(group.eventsOutPerSecond, String(second)).toBeCloseTo(8, 0);
    expect(group.lagChangePerSecond, String(second)).toBeCloseTo(-6, 0);
  }
  expect(catchUpOf(since[0]?.group ?? expect.fail()).text).toBe("—");
  expect(since[0]?.group.eventsOutPerSecond).toBeGreaterThan(0);
});

it("says the same after a restart of the dashboard in the middle of it", async () => {
  const course = { checkpointSeconds: 1, offset: 4, perSecond: 8 };
  const { since } = await watch({ ...course, restartsAt: resumesAt + 15 }, resumesAt + 30);
  const words = since.map(({ group }) => groupChip(group).word);
  expect(words).toEqual(["Not known yet", "Catching up", "Catching up"]);
});

it.each(courses)("a group that is too slow after a standstill is told so, %j", async (course) => {
  const { since } = await watch({ ...course, perSecond: 1 }, resumesAt + 60);
  const words = since.map(({ group }) => groupChip(group).word);
  expect(words[0]).toBe("Not known yet");
  expect([...new Set(words.slice(1))]).toEqual(["Falling behind"]);
  for (const { group } of since.slice(1)) {
    expect(needsAttention([{ hubId: "orders", group }])).toHaveLength(1);
    expect(group.catchUpSeconds).toBeNull();
    expect(group.lagChangePerSecond).toBeCloseTo(1, 0);
  }
});

it.each(courses)("a backlog that is read within seconds shows, and adds up over time, %j", async (course) => {
  const { seen, since } = await watch({ ...course, perSecond: 150 }, resumesAt + 200);
  expect(since[0]?.group.eventsOutPerSecond).toBeGreaterThan(5);
  const out = seen.filter(({ second }) => second > stopsAt + 90 && second <= resumesAt + 140);
  const sum = out.reduce((all, each) => all + (each.eventsOutOverWindow ?? Number.NaN) * 10, 0);
  // A rate over the last 60 s is 30 s late.
  const truly = end(resumesAt + 110) - end(stopsAt);
  expect(sum / truly).toBeGreaterThan(0.95);
  expect(sum / truly).toBeLessThan(1.05);
  expect(since.at(-1)?.group.eventsOutPerSecond).toBeCloseTo(2, 0);
});
