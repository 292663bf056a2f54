import { expect } from "vitest";
import type { Target } from "#lib/api/target.ts";
import type { Task } from "../task.ts";
import type { Case, CaseRun } from "./case.ts";

export const stored = 30;
const resumed = 20;

export async function readAll({ start }: CaseRun, hub: string): Promise<void> {
  const worker = start(hub);
  await worker.says({ kind: "checkpointed", partitionId: "0", sequenceNumber: stored - 1 });
  await worker.stop();
}

export async function resumesAt(
  { world, start }: CaseRun,
  hub: string,
  promised: number,
  over: Partial<Task> = {},
): Promise<void> {
  const { lastEnqueuedSequenceNumber } = world.local.eventHubs.partition(hub, "0");
  const worker = start(hub, over);
  await worker.says({ kind: "event", partitionId: "0" });
  expect(worker.handled("0")[0]).toBe(promised);
  await worker.says({ kind: "checkpointed", partitionId: "0", sequenceNumber: lastEnqueuedSequenceNumber });
  await worker.stop();
}

async function movesTo(run: CaseRun, hub: string, target: Target, expected: number) {
  const { world } = run;
  const plan = await world.plan(hub, target);
  expect(plan.entries).toMatchObject([{ partitionId: "0", resumesAt: { sequenceNumber: expected } }]);
  const reset = await world.apply(hub, plan.planId);
  expect(reset, JSON.stringify(reset)).toMatchObject({ state: "done", entries: [{ result: "written" }] });
  await resumesAt(run, hub, expected);
  return reset;
}

export const offline: Case = {
  number: 3,
  title: "Offline reset",
  isQuick: true,
  isWatched: true,
  hubs: ["offline"],
  async prove(run) {
    const { world, hubOf } = run;
    const hub = hubOf("offline");
    world.local.enqueue(hub, "0", stored);
    await readAll(run, hub);
    await movesTo(run, hub, { kind: "sequenceNumber", value: resumed }, resumed);
    return {};
  },
};

export const everyTarget: Case = {
  number: 3,
  title: "Offline reset, every target",
  isQuick: false,
  isWatched: true,
  hubs: ["targets", "fresh"],
  async prove(run) {
    const { world, hubOf, start } = run;
    const fresh = hubOf("fresh");
    world.local.enqueue(fresh, "0", stored);
    await movesTo(run, fresh, { kind: "sequenceNumber", value: resumed }, resumed);

    const hub = hubOf("targets");
    world.local.enqueue(hub, "0", stored);
    await readAll(run, hub);
    await movesTo(run, hub, { kind: "earliest" }, 0);
    await movesTo(run, hub, { kind: "shift", by: -12 }, stored - 12);
    await movesTo(run, hub, { kind: "positions", values: { 0: 7 } }, 7);
    const plan = await world.plan(hub, { kind: "sequenceNumber", value: 3 });
    const reset = await world.apply(hub, plan.planId);
    const undo = await world.undoOf(reset.id);
    expect((await world.apply(hub, undo.planId)).entries).toMatchObject([{ result: "written" }]);
    world.local.enqueue(hub, "0", 1);
    const worker = start(hub);
    await worker.says({ kind: "event", partitionId: "0" });
    expect(worker.handled("0")[0]).toBe(stored);
    await worker.stop();
    return {};
  },
};
