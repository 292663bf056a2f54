import { expect, vi } from "vitest";
import type { Case, CaseRun } from "./case.ts";

const target = 5;
/** Java's and Rust's readers of one partition keep no checkpoint by themselves. */
const only = ["javascript", "python", "python-sync", "go"];

async function isRefused({ world }: CaseRun, hub: string): Promise<void> {
  for (const mode of ["live", "offline"]) {
    const plan = await world.preview(hub, { kind: "sequenceNumber", value: target }, { mode });
    const codes = [plan.blockedBy, plan.entries[0]?.blockedBy].map((block) => block?.code);
    expect(codes, JSON.stringify(plan)).toContain("checkpointJustWritten");
  }
}

/** A reader of one partition claims nothing. A live reset is refused while it is seen to read. */
export const singleReader: Case = {
  number: 5,
  title: "A reader without load balancing",
  isQuick: false,
  isWatched: true,
  only,
  hubs: ["single"],
  async prove(run) {
    const { world, hubOf, start, onFinished } = run;
    const hub = hubOf("single");
    world.local.enqueue(hub, "0", 20);
    const worker = start(hub, { partitionId: "0" });
    await worker.says({ kind: "checkpointed", partitionId: "0", sequenceNumber: 19 });
    const flow = setInterval(() => world.local.enqueue(hub, "0", 1), 300);
    onFinished(() => clearInterval(flow));
    await world.group(hub, ({ partitions: [partition] }) => {
      expect(partition?.owner).toBeNull();
      expect(partition?.checkpoint?.sequenceNumber).toBeGreaterThan(20);
    });
    await isRefused(run, hub);
    const lines = worker.lines.length;
    await vi.waitFor(() => expect(worker.lines.length).toBeGreaterThan(lines + 4), 30_000);
    const numbers = worker.handled("0");
    expect(numbers).toEqual(numbers.map((_, index) => index));
    await worker.stop();
    return {};
  },
};

const slow = { handlerMs: 3_000, checkpointEvery: 3, batchSize: 2 };
/**
 * More than the group's expiry, and less than the reader takes from one checkpoint to the next: that the
 * checkpoint moves is known from before.
 */
const betweenMs = 7_000;

export const slowReader: Case = {
  number: 5,
  title: "A slow reader without load balancing",
  isQuick: false,
  isWatched: true,
  only,
  hubs: ["slow-single"],
  async prove(run) {
    const { world, hubOf, start } = run;
    const hub = hubOf("slow-single");
    world.local.enqueue(hub, "0", 60);
    const worker = start(hub, { partitionId: "0", ...slow });
    for (const sequenceNumber of [2, 5, 8]) {
      await worker.says({ kind: "checkpointed", partitionId: "0", sequenceNumber });
      await world.group(hub, ({ partitions: [partition] }) =>
        expect(partition?.checkpoint?.sequenceNumber).toBeGreaterThanOrEqual(sequenceNumber),
      );
    }
    const last = () => worker.lines.findLast(({ kind }) => kind === "checkpointed")?.at ?? 0;
    await vi.waitFor(() => expect(Date.now() - last()).toBeGreaterThan(betweenMs), 60_000);
    await isRefused(run, hub);
    await worker.stop();
    return {};
  },
};

/** An idle reader can't be told from none. The reset throws it out once, and it reads on from the target. */
export const idleReader: Case = {
  number: 5,
  title: "An idle reader without load balancing",
  isQuick: false,
  isWatched: true,
  only,
  hubs: ["idle"],
  async prove({ world, hubOf, start }) {
    const hub = hubOf("idle");
    const count = 20;
    world.local.enqueue(hub, "0", count);
    const worker = start(hub, { partitionId: "0", handlerMs: 300 });
    await worker.says({ kind: "checkpointed", partitionId: "0", sequenceNumber: count - 1 });
    const { planId } = await world.plan(
      hub,
      { kind: "sequenceNumber", value: target },
      { mode: "live", handlerSeconds: 1 },
    );
    const { id } = await world.apply(hub, planId);
    const again = Array.from({ length: count - target }, (_, index) => target + index);
    await vi.waitFor(() => expect(worker.handled("0").slice(count)).toEqual(again), 60_000);
    const reset = await world.watched(id);
    expect(reset, JSON.stringify(reset)).toMatchObject({ state: "done", entries: [{ result: "written" }] });
    expect(worker.handled("0")).toHaveLength(count + again.length);
    await worker.stop();
    return {};
  },
};
