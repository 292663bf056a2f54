import { expect, vi } from "vitest";
import type { Task } from "../task.ts";
import type { Case, CaseRun, Findings } from "./case.ts";

const target = 5;
/** The events before the reset, and its way back: the dashboard has to see a checkpoint on it. */
const first = 50;

interface Pace {
  /** The longest time between two checkpoints that is spent in the handler, as stated to the dashboard. */
  handlerSeconds: number;
  everyMs: number;
  /** The checkpoint is moved once it is past this, so far from the target that a step back shows. */
  from: number;
  task: Partial<Task>;
}

/**
 * Moves the checkpoint under a processor that keeps running, and holds the processor's own log against what
 * is reported.
 */
async function moves({ world, start, onFinished }: CaseRun, hub: string, pace: Pace): Promise<Findings> {
  world.local.enqueue(hub, "0", first);
  const worker = start(hub, { startPosition: "earliest", ...pace.task });
  await worker.says({ kind: "checkpointed", partitionId: "0" });
  const flow = setInterval(() => world.local.enqueue(hub, "0", 1), pace.everyMs);
  onFinished(() => clearInterval(flow));
  await vi.waitFor(() => expect(worker.handled("0").at(-1)).toBeGreaterThan(pace.from), 120_000);
  await world.group(hub, ({ partitions: [partition] }) => {
    expect(partition?.owner?.state).toBe("active");
    expect(partition?.checkpoint?.sequenceNumber).toBeGreaterThan(pace.from);
  });

  const { handlerSeconds } = pace;
  const plan = await world.plan(
    hub,
    { kind: "sequenceNumber", value: target },
    { mode: "live", handlerSeconds },
  );
  const reset = await world.apply(hub, plan.planId);
  expect(reset, JSON.stringify(reset)).toMatchObject({ state: "done", entries: [{ result: "written" }] });

  const context = () => JSON.stringify([reset.entries, worker.lines.slice(-12)]);
  const isBack = (number: number, index: number, all: number[]) =>
    index > 0 && number <= (all[index - 1] ?? 0);
  await vi.waitFor(() => expect(worker.handled("0").findIndex(isBack), context()).toBeGreaterThan(0), 90_000);
  const handled = worker.lines.filter(({ kind, partitionId }) => kind === "event" && partitionId === "0");
  const numbers = worker.handled("0");
  const back = numbers.findIndex(isBack);
  expect(numbers[back], context()).toBe(target);
  expect(numbers.slice(back)).toEqual(numbers.slice(back).map((_, index) => target + index));
  const pauseMs = (handled[back]?.at ?? 0) - (handled[back - 1]?.at ?? 0);
  await worker.stop();
  return { pausesMs: [pauseMs] };
}

export const liveFast: Case = {
  number: 4,
  title: "Live reset, fast handler",
  isQuick: true,
  isWatched: true,
  hubs: ["fast"],
  prove: (run) =>
    moves(run, run.hubOf("fast"), { handlerSeconds: 3, everyMs: 200, from: 48, task: { handlerMs: 20 } }),
};

export const liveBatches: Case = {
  number: 4,
  title: "Live reset, a checkpoint for each batch",
  isQuick: false,
  isWatched: true,
  hubs: ["batches"],
  prove: (run) =>
    moves(run, run.hubOf("batches"), {
      handlerSeconds: 3,
      everyMs: 200,
      from: 48,
      task: { handlerMs: 20, checkpointEvery: 0 },
    }),
};

/**
 * The dashboard comes with a higher level than the processor's, and gives way again. The processors of the
 * other SDKs take none.
 */
export const liveLevel: Case = {
  number: 4,
  title: "Live reset, an owner level of its own",
  isQuick: false,
  isWatched: true,
  only: ["javascript", "python", "python-sync"],
  hubs: ["level"],
  prove: (run) =>
    moves(run, run.hubOf("level"), {
      handlerSeconds: 3,
      everyMs: 200,
      from: 48,
      task: { handlerMs: 20, ownerLevel: 5 },
    }),
};

/** What is in the handler when the reader is thrown out goes on, and is checkpointed. */
export const liveSlow: Case = {
  number: 4,
  title: "Live reset, slow handler",
  isQuick: false,
  isWatched: true,
  hubs: ["slow"],
  prove: (run) =>
    moves(run, run.hubOf("slow"), {
      handlerSeconds: 7,
      everyMs: 2_500,
      from: target + 4,
      task: { handlerMs: 3_000, batchSize: 2 },
    }),
};
