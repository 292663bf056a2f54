import { expect, it, onTestFinished, vi } from "vitest";
import type { RecalledHub } from "#lib/history/remembered/remembered.ts";
import type { OwnWrite } from "#lib/lag/commits.ts";
import { Monitor } from "#lib/monitor/monitor.ts";
import type { Recall } from "#lib/monitor/recollection.ts";
import { noteOwnWrites } from "#lib/server/resets/note-own-writes.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { recalledRing } from "#tests/support/simulated/watched-partition.ts";

/** Two commits at the current checkpoint's position; with it, a stall. */
const recalled = recalledRing(
  {
    commits: [20, 10].map((ago) => ({ sequenceNumber: 89, at: noon - ago * 1000, lag: 10, blindMs: 0 })),
    lastModified: noon - 10_000,
    ownWrite: null,
    progress: { at: noon - 20_000, isExact: false },
  },
  noon - 10_000,
);

function startMonitor(recall: Recall, stored = () => checkpoint("0", 89)) {
  const hub = monitoredHub(async () => hubReading([properties("0")]), {
    main: async () => storeReading([storedGroup("billing", [stored()])]),
  });
  const monitor = new Monitor([hub], 1, () => {});
  onTestFinished(() => monitor.stop());
  monitor.recallFrom(recall);
  monitor.start();
  const status = () => monitor.snapshot("orders")?.groups[0]?.group.status;
  return { monitor, status };
}

it("waits for the history before the first refresh", async () => {
  const asked = Promise.withResolvers<RecalledHub>();
  const { monitor, status } = startMonitor(() => asked.promise);
  const told: unknown[] = [];
  monitor.subscribe((snapshot) => told.push(snapshot));
  await new Promise(setImmediate);
  expect([told.length, monitor.remembered("orders")]).toEqual([0, null]);
  asked.resolve(recalled);
  await vi.waitFor(() => expect(status()).toBe("stall"));
  expect(told.length).toBeGreaterThan(0);
  expect(monitor.remembered("orders")).not.toBeNull();
});

it("continues without an absent history, overwrites nothing there, and merges it later", async () => {
  let isAway = true;
  const recall = vi.fn(async () => {
    if (isAway) throw new Error("away");
    return recalled;
  });
  const { monitor, status } = startMonitor(recall);
  await vi.waitFor(() => expect(status()).toBe("unknown"));
  await vi.waitFor(() => expect(recall.mock.calls.length).toBeGreaterThan(2));
  expect(monitor.remembered("orders")).toBeNull();
  isAway = false;
  await vi.waitFor(() => expect(status()).toBe("stall"));
  const { length } = recall.mock.calls;
  const before = monitor.snapshot("orders");
  await vi.waitFor(() => expect(monitor.snapshot("orders")).not.toBe(before));
  expect(recall).toHaveBeenCalledTimes(length);
});

it("asks again when another dashboard may have refreshed the hub meanwhile", async () => {
  const recall = vi.fn(async () => recalled);
  const { monitor, status } = startMonitor(recall);
  await vi.waitFor(() => expect(status()).toBe("stall"));
  await monitor.stopHub("orders");
  monitor.startHub("orders");
  await vi.waitFor(() => expect(recall).toHaveBeenCalledTimes(2));
});

it("forgets the commits before a reset that no refresh saw, going by the reset itself", async () => {
  let stored = checkpoint("0", 89);
  const { monitor, status } = startMonitor(
    async () => recalled,
    () => stored,
  );
  await vi.waitFor(() => expect(status()).toBe("stall"));
  const reset: OwnWrite = { sequenceNumber: 40, at: noon + 5_000 };
  const written = {
    hub: "orders",
    store: "main",
    group: "Billing",
    entries: [
      { partitionId: "0", after: { ...reset, offset: "1", updatedAt: new Date(reset.at).toISOString() } },
      { partitionId: "9", after: null },
    ],
  };
  noteOwnWrites(monitor, written as unknown as Parameters<typeof noteOwnWrites>[1]);
  stored = checkpoint("0", 50, noon + 6_000);
  await vi.waitFor(() => expect(monitor.snapshot("orders")?.groups[0]?.group.totalLag).toBe(49));
  expect(status()).toBe("unknown");
});
