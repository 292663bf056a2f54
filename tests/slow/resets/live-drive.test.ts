import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import type { FenceAnswer } from "#lib/event-hub/fence.ts";
import type { History } from "#lib/history/history.ts";
import type { EntryChange } from "#lib/history/resets/note-reset.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import { OwnReset, ResetLost } from "#lib/reset/apply/own-reset.ts";
import { defaultLiveSettings } from "#lib/reset/group/live-pace.ts";
import type { LiveLimits } from "#lib/reset/live/limits.ts";
import { createLiveRunner } from "#lib/reset/live/run-live.ts";
import { newFolder, openHistory } from "#tests/support/fixtures/history.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { begun, placeOf, plannedNow } from "#tests/support/worlds/reset-world.ts";

let world: LocalWorld;
beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 1 }]);
  world.enqueue("orders", "0", 10);
});
afterAll(() => world?.stop());

/** Nobody comes back, and a released partition soon counts as settled. */
const limits: Partial<LiveLimits> = {
  renewMs: 300,
  quietMs: 2_500,
  observeMs: 100,
  ownerMs: 500,
  jumpMs: 500,
};

interface Run {
  history: History;
  reset: ResetRecord;
  attached: number[];
  onNote: (change: EntryChange) => Promise<void> | void;
  onNoted: (change: EntryChange) => void;
  isOurs: boolean;
  uptimeAhead: number;
  start(isTakenOver?: boolean): Promise<unknown>;
}

/** A live reset of partition 0 from 9 to 4, with a fence that holds nobody off. */
async function runIn(group: string): Promise<Run> {
  await world.checkpoint("orders", group, "0", 9);
  const history = await openHistory({ kind: "sqlite", folder: newFolder() });
  onTestFinished(() => history.close());
  const reset = await begun(history, world, group, await plannedNow(world, group, ["0"], 4));
  const fence = { lost: new Promise<never>(() => {}), streamEnd: async () => 9, close: async () => true };
  const openFence = async ({ ownerLevel }: { ownerLevel: number | null }): Promise<FenceAnswer> => {
    run.attached.push(ownerLevel ?? 0);
    return { answer: "attached", fence };
  };
  const run: Run = {
    history,
    reset,
    attached: [],
    onNote: () => {},
    onNoted: () => {},
    isOurs: true,
    uptimeAhead: 0,
    start: async (isTakenOver = false) => {
      const record = (await history.resets.reset(reset.id)) ?? reset;
      const own = new OwnReset({
        reset: record,
        instance: record.instance,
        onStep: () => {},
        clock: () => ({ uptimeMs: performance.now() + run.uptimeAhead, wallMs: Date.now() }),
        records: {
          ...history.resets,
          heartbeat: async (...beat) => run.isOurs && history.resets.heartbeat(...beat),
          end: (...end) => history.resets.end(...end),
          note: async (id, instance, changes) => {
            for (const change of changes) await run.onNote(change);
            const isStored = await history.resets.note(id, instance, changes);
            for (const change of changes) run.onNoted(change);
            return isStored;
          },
        },
      });
      const runner = createLiveRunner({ settings: defaultLiveSettings, limits });
      const place = placeOf(world, group, { openFence });
      return runner({ own, place, isTakenOver, stop: new AbortController().signal });
    },
  };
  return run;
}

const step = ({ live }: EntryChange) => live?.progress.step;

async function ownership(group: string): Promise<{ etag: string; ownerId: string | undefined }> {
  const { blobs } = await listBlobs(world.container, `${localNamespace}/orders/${group}/ownership/0`);
  return { etag: blobs[0]?.etag ?? "", ownerId: blobs[0]?.metadata.get("ownerid") };
}

async function renewals(group: string, running: Promise<unknown>): Promise<number> {
  const etags = new Set<string>();
  let isOver = false;
  const ended = running.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    etags.add((await ownership(group)).etag);
    await wait(50);
  }
  await ended;
  return etags.size - 1;
}

it("renews what it holds while the database takes its time", async () => {
  const run = await runIn("renewing");
  let renewed = 0;
  run.onNote = async (change) => {
    if (step(change) === "holding" && renewed === 0)
      renewed = await renewals("renewing", wait(limits.renewMs ? limits.renewMs * 8 : 0));
  };
  expect(await run.start()).toMatchObject({ state: "done" });
  expect(renewed).toBeGreaterThanOrEqual(3);
});

it.each([
  ["back", -600_000],
  ["ahead", 600_000],
])("holds for as long as it should, and renews, when the clock is set %s", async (way, byMs) => {
  const run = await runIn(`clock-${way}`);
  let began = 0;
  let renewing: Promise<number> | null = null;
  run.onNote = (change) => {
    if (step(change) === "holding" && began === 0) {
      began = performance.now();
      const realNow = Date.now.bind(Date);
      vi.spyOn(Date, "now").mockImplementation(() => realNow() + byMs);
      renewing = renewals(`clock-${way}`, wait(1_500));
    }
    if (step(change) === "releasing") began = performance.now() - began;
  };
  expect(await run.start()).toMatchObject({ state: "done" });
  expect(began).toBeGreaterThanOrEqual(limits.quietMs ?? Infinity);
  expect(await renewing).toBeGreaterThanOrEqual(2);
});

it("throws nobody out for a reset that another dashboard has taken over meanwhile", async () => {
  const run = await runIn("zombie");
  run.onNoted = (change) => {
    if (step(change) !== "fencing") return;
    // The process is suspended for a while right after this is stored.
    run.uptimeAhead = 60_000;
    run.isOurs = false;
  };
  await expect(run.start()).rejects.toThrow(ResetLost);
  expect(run.attached).toEqual([]);
  expect((await ownership("zombie")).ownerId).toBe("");
});

it("knows what it wrote even though it was killed while it held and was written over since", async () => {
  const run = await runIn("killed");
  let wasWritten: EntryChange["after"];
  run.onNote = (change) => {
    if (wasWritten) throw new Error("killed");
    if (step(change) === "holding") wasWritten = change.after;
  };
  await run.start().catch(() => {});
  await world.checkpoint("orders", "killed", "0", 9);
  run.onNote = () => {};
  await run.start(true);
  const record = await run.history.resets.reset(run.reset.id);
  expect(wasWritten).toMatchObject({ sequenceNumber: 4 });
  expect(record?.entries[0]).toMatchObject({ result: "unknown", after: { sequenceNumber: 4 } });
});
