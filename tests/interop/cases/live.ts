import { expect, vi } from "vitest";
import type { Case } from "./case.ts";

const target = 5;

export const liveFast: Case = {
  number: 4,
  title: "Live reset, fast handler",
  isQuick: true,
  isWatched: true,
  hubs: ["fast"],
  async prove({ world, hubOf, start, onFinished }) {
    const hub = hubOf("fast");
    world.local.enqueue(hub, "0", 30);
    const flow = setInterval(() => world.local.enqueue(hub, "0", 1), 200);
    onFinished(() => clearInterval(flow));
    const worker = start(hub);
    await worker.says({ kind: "checkpointed", partitionId: "0", sequenceNumber: 29 });
    await world.group(hub, ({ partitions }) => {
      const [first] = partitions;
      expect(first?.owner?.state).toBe("active");
      expect(first?.checkpoint?.sequenceNumber).toBeGreaterThanOrEqual(29);
    });

    const plan = await world.plan(
      hub,
      { kind: "sequenceNumber", value: target },
      { mode: "live", handlerSeconds: 1 },
    );
    const reset = await world.apply(hub, plan.planId);
    expect(reset, JSON.stringify(reset)).toMatchObject({ state: "done", entries: [{ result: "written" }] });

    const context = () => JSON.stringify([reset.entries, worker.lines.slice(-12)]);
    await vi.waitFor(
      () => expect(worker.handled("0").indexOf(target, 30), context()).toBeGreaterThan(0),
      30_000,
    );
    const handled = worker.lines.filter(({ kind, partitionId }) => kind === "event" && partitionId === "0");
    const numbers = worker.handled("0");
    const back = numbers.findIndex((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0));
    expect(numbers[back]).toBe(target);
    expect(numbers.slice(back)).toEqual(numbers.slice(back).map((_, index) => target + index));
    const pauseMs = (handled[back]?.at ?? 0) - (handled[back - 1]?.at ?? 0);
    await worker.stop();
    return { pausesMs: [pauseMs] };
  },
};
