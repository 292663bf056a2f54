import { expect, vi } from "vitest";
import type { Case } from "./case.ts";

const target = 5;

/** A reader of one partition claims nothing: a live reset is refused while it is seen to read. */
export const singleReader: Case = {
  number: 5,
  title: "A reader without load balancing",
  isQuick: false,
  isWatched: true,
  // Java's and Rust's readers of one partition keep no checkpoint by themselves.
  only: ["javascript", "python", "python-sync", "go"],
  hubs: ["single"],
  async prove({ world, hubOf, start, onFinished }) {
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
    for (const mode of ["live", "offline"]) {
      const plan = await world.preview(hub, { kind: "sequenceNumber", value: target }, { mode });
      const codes = [plan.blockedBy, plan.entries[0]?.blockedBy].map((block) => block?.code);
      expect(codes, JSON.stringify(plan)).toContain("checkpointJustWritten");
    }
    // It was never disturbed.
    const lines = worker.lines.length;
    await vi.waitFor(() => expect(worker.lines.length).toBeGreaterThan(lines + 4), 30_000);
    const numbers = worker.handled("0");
    expect(numbers).toEqual(numbers.map((_, index) => index));
    await worker.stop();
    return {};
  },
};
