import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, it, onTestFinished } from "vitest";
import type { WireReason } from "#lib/api/reason.ts";
import { sentenceOf } from "#lib/api/reasons/reason.ts";
import type { ResetEntry } from "#lib/api/resets.ts";
import { Secret } from "#lib/core/secret.ts";
import type { History } from "#lib/history/history.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import { toReset } from "#lib/reset/apply/to-reset.ts";
import { newFolder, newPostgresDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { expireMs, Lane, type LaneOptions } from "#tests/support/simulated/live-lane.ts";
import { median, randomFrom, truthOf, withoutReader } from "#tests/support/simulated/live-truth.ts";
import { type LiveChild, startLiveChild } from "#tests/support/worlds/live/live-child.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const resetsWanted = Number(process.env.LIVE_RESETS ?? 50);
const seed = Number(process.env.LIVE_SEED ?? Date.now() % 1_000_000);
const leastQuietSeconds = Number(process.env.LIVE_QUIET_SECONDS ?? 15);

const slowSeconds = 10;
const fast = { handlerMs: 0, batch: 50 };
const slow = { handlerMs: slowSeconds * 1_000, batch: 30 };
const lanes: LaneOptions[] = [
  { eventHub: "one", partitionCount: 1, processors: 1, ...fast },
  { eventHub: "four", partitionCount: 4, processors: 2, ...fast },
  { eventHub: "eight", partitionCount: 8, processors: 2, ...slow },
  { eventHub: "sixteen", partitionCount: 16, processors: 2, ...slow },
  { eventHub: "thirty-two", partitionCount: 32, processors: 2, ...fast },
];

interface Soak {
  world: LocalWorld;
  lanes: Lane[];
  history: History;
  dashboards: (LiveChild | null)[];
  startDashboard(index: number): Promise<void>;
}

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(dashboardCount: number): Promise<Soak> {
  const world = await startLocalWorld(
    lanes.map(({ eventHub, partitionCount }) => ({
      name: eventHub,
      partitionCount,
      consumerGroups: ["processors", "inspect"],
      retention: { eventsPerPartition: 50_000 },
    })),
  );
  ends.push(() => world.stop());
  for (const { eventHub, partitionCount } of lanes) {
    for (let id = 0; id < partitionCount; id += 1) world.enqueue(eventHub, String(id), 600);
  }
  const producing = setInterval(() => {
    for (const { eventHub, partitionCount } of lanes)
      for (let id = 0; id < partitionCount; id += 1) world.enqueue(eventHub, String(id), 2);
  }, 1_000);
  ends.push(async () => clearInterval(producing));
  const running = lanes.map((options) => new Lane(world, options));
  ends.push(() => Promise.all(running.map((lane) => lane.end())));
  const databaseUrl = (await newPostgresDatabase()).reveal();
  const history = await openHistory({ kind: "postgres", url: new Secret(databaseUrl) });
  const dashboards: (LiveChild | null)[] = [];
  const startDashboard = async (index: number) => {
    dashboards[index] = await startLiveChild(
      world,
      lanes.map(({ eventHub }) => eventHub),
      {
        liveResets: { leastQuietSeconds, overallSeconds: 300 },
        expirationSeconds: expireMs / 1_000,
        dataDir: newFolder(),
        databaseUrl,
      },
    );
  };
  ends.push(async () => {
    for (const dashboard of dashboards) dashboard?.process.kill("SIGKILL");
  });
  for (let index = 0; index < dashboardCount; index += 1) await startDashboard(index);
  for (const lane of running) {
    await expect
      .poll(async () => (await lane.stands()).size, { timeout: 60_000 })
      .toBe(lane.options.partitionCount);
  }
  return { world, lanes: running, history, dashboards, startDashboard };
}

interface Outcome {
  lane: string;
  isSlow: boolean;
  state: string;
  reason: WireReason | null;
  entries: ResetEntry[];
  wrong: string[];
  stuck: string[];
}

const retried = async <T>(run: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (tries === 60) throw error;
      await wait(1_000);
    }
  }
};

async function begin(soak: Soak, lane: Lane, random: () => number): Promise<ResetRecord> {
  const ids = lane.partitionIds
    .toSorted(() => random() - 0.5)
    .slice(0, Math.ceil(random() * lane.options.partitionCount));
  const back = 100 + Math.floor(random() * 400);
  let planId = "";
  await retried(async () => {
    const known = planId === "" ? null : await soak.history.resets.plan(planId);
    if (known?.resetId) return;
    const alive = soak.dashboards.filter((dashboard) => dashboard !== null);
    const dashboard = alive[Math.floor(random() * alive.length)];
    if (dashboard === undefined) throw new Error("no dashboard runs");
    const hub = lane.options.eventHub;
    const plan = await dashboard.preview(
      lane.group,
      {
        partitions: ids,
        target: { kind: "shift", by: -back },
        mode: "live",
        handlerSeconds: Math.max(1, lane.options.handlerMs / 1_000),
      },
      hub,
    );
    // A processor was killed just now, or a killed dashboard left a claim.
    if (plan.blockedBy !== null || plan.entries.every(({ blockedBy }) => blockedBy !== null))
      throw new Error(plan.entries[0]?.blockedBy?.code ?? "blocked");
    planId = plan.planId;
    await dashboard.apply(plan);
  });
  const plan = await soak.history.resets.plan(planId);
  const reset = plan?.resetId ? await soak.history.resets.reset(plan.resetId) : null;
  if (reset === null) throw new Error("the reset was not begun");
  return reset;
}

async function resetOnce(soak: Soak, lane: Lane, random: () => number): Promise<Outcome> {
  const begun = await begin(soak, lane, random);
  let record = begun;
  while (record.state === "running") {
    await wait(500);
    record = (await soak.history.resets.reset(begun.id)) ?? record;
  }
  const stuck = await notGoingOn(lane);
  const stands = await lane.stands();
  record = (await soak.history.resets.reset(begun.id)) ?? record;
  const wrong: string[] = [];
  for (const { partitionId, result, write, reason } of record.entries) {
    if (result !== "written" || write === null) continue;
    const truth = truthOf(
      lane.reads,
      partitionId,
      write.sequenceNumber + 1,
      stands.get(partitionId) ?? -1,
      begun.startedAt,
    );
    if (truth.truth !== "resumed")
      wrong.push(
        `${partitionId} of ${lane.options.eventHub} (${reason === null ? null : sentenceOf(reason)}), target ${write.sequenceNumber}: ${JSON.stringify(truth)}`,
      );
  }
  const { state, reason, entries } = toReset(record);
  return {
    lane: lane.options.eventHub,
    isSlow: lane.options.handlerMs > 0,
    state,
    reason,
    entries,
    wrong,
    stuck,
  };
}

/** Waits until every partition is at its end, or has moved. Returns those that did not. */
async function notGoingOn(lane: Lane): Promise<string[]> {
  const before = await lane.stands();
  const until = Date.now() + 60_000 + 2 * expireMs + 4 * lane.options.handlerMs;
  for (;;) {
    const now = await lane.stands();
    const stuck = lane.partitionIds.filter((id) => (now.get(id) ?? -1) === (before.get(id) ?? -1));
    if (stuck.length === 0 || Date.now() > until) return stuck;
    await wait(500);
  }
}

async function resetAll(soak: Soak, random: () => number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let begun = 0;
  await Promise.all(
    soak.lanes.map(async (lane) => {
      while (begun < resetsWanted) {
        begun += 1;
        const outcome = await resetOnce(soak, lane, random);
        outcomes.push(outcome);
        console.log(`${outcomes.length}: ${told([outcome])}`);
      }
    }),
  );
  return outcomes;
}

function told(outcomes: readonly Outcome[]): string {
  const entries = outcomes.flatMap((outcome) => outcome.entries);
  const results: Record<string, number> = {};
  for (const { result } of entries) results[result] = (results[result] ?? 0) + 1;
  const seconds = (isSlow: boolean) =>
    withoutReader(
      outcomes.filter((outcome) => outcome.isSlow === isSlow).flatMap((outcome) => outcome.entries),
    );
  const without = (isSlow: boolean) => {
    const all = seconds(isSlow);
    return all.length === 0 ? null : `${median(all)?.toFixed(1)} s, worst ${Math.max(...all).toFixed(1)} s`;
  };
  return JSON.stringify({
    lanes: outcomes.length === 1 ? outcomes[0]?.lane : undefined,
    done: outcomes.filter(({ state }) => state === "done").length,
    failed: outcomes.filter(({ state }) => state === "failed").length,
    results,
    rewrites: entries.reduce((sum, { live }) => sum + (live?.rewrites ?? 0), 0),
    withoutReaderFast: without(false),
    withoutReaderSlow: without(true),
    messages:
      outcomes.length === 1
        ? [outcomes[0]?.reason, ...entries.map(({ reason }) => reason)]
            .map((one) => one?.message)
            .filter((text) => text !== null)
            .slice(0, 2)
        : undefined,
    wrong: outcomes.flatMap(({ wrong }) => wrong),
    stuck: outcomes.flatMap(({ lane, stuck }) => stuck.map((id) => `${lane}/${id}`)),
  });
}

it("moves running groups again and again, and each goes on exactly where it was told to", async () => {
  console.log(`seed ${seed}, ${resetsWanted} resets`);
  const soak = await start(1);
  const outcomes = await resetAll(soak, randomFrom(seed));
  console.log(`undisturbed: ${told(outcomes)}`);

  expect(outcomes.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(outcomes.flatMap(({ stuck }) => stuck)).toEqual([]);
  expect(outcomes.flatMap(({ state, reason }) => (state === "done" ? [] : [reason?.message]))).toEqual([]);
}, 7_200_000);

it("is never silently wrong while dashboards and processors are killed at random", async () => {
  console.log(`seed ${seed}, ${resetsWanted} resets`);
  const soak = await start(2);
  const random = randomFrom(seed + 1);
  const isOver = new AbortController();
  onTestFinished(() => isOver.abort());
  let dashboardKills = 0;
  const killing = (async () => {
    while (!isOver.signal.aborted) {
      await wait(4_000 + random() * 8_000);
      if (isOver.signal.aborted) return;
      if (random() < 0.6) {
        soak.lanes[Math.floor(random() * soak.lanes.length)]?.kill(random);
        continue;
      }
      const index = Math.floor(random() * soak.dashboards.length);
      const dashboard = soak.dashboards[index];
      if (dashboard == null) continue;
      soak.dashboards[index] = null;
      dashboardKills += 1;
      dashboard.process.kill("SIGKILL");
      await dashboard.exited;
      await wait(random() * 4_000);
      await retried(() => soak.startDashboard(index));
    }
  })();
  const outcomes = await resetAll(soak, random);
  isOver.abort();
  await killing;
  const processorKills = soak.lanes.reduce((sum, { kills }) => sum + kills, 0);
  console.log(`killed ${dashboardKills} dashboards, ${processorKills} processors: ${told(outcomes)}`);

  expect(outcomes.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(outcomes.flatMap(({ stuck }) => stuck)).toEqual([]);
}, 7_200_000);
