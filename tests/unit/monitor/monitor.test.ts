import { expect, it, onTestFinished, vi } from "vitest";
import { Monitor } from "#lib/monitor/monitor.ts";
import { groupKey } from "#lib/monitor/snapshot.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";

const group = storedGroup("billing", [checkpoint("0", 89)]);

function startMonitor(...args: ConstructorParameters<typeof Monitor>): Monitor {
  const monitor = new Monitor(...args);
  onTestFinished(() => monitor.stop());
  monitor.start();
  return monitor;
}

it("never refreshes one hub twice at once, however slow it is", async () => {
  let running = 0;
  let most = 0;
  let count = 0;
  const hub = monitoredHub(
    async () => {
      running += 1;
      count += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return hubReading([properties("0")]);
    },
    { main: async () => storeReading([group]) },
  );
  startMonitor([hub], 1, () => {});
  await vi.waitFor(() => expect(count).toBeGreaterThan(3));
  expect(most).toBe(1);
});

it("keeps a slow hub from delaying another", async () => {
  const stuck = monitoredHub(
    () => new Promise(() => {}),
    { main: async () => storeReading([]) },
    { id: "stuck" },
  );
  const quick = monitoredHub(async () => hubReading([properties("0")]), {
    main: async () => storeReading([group]),
  });
  const monitor = startMonitor([stuck, quick], 5, () => {});
  await vi.waitFor(() => expect(monitor.snapshot("orders")?.eventHub.totalLag).toBe(10));
  expect(monitor.snapshot("stuck")?.eventHub.observedAt).toBeNull();
});

it("continues after a fault of its own, and reports it", async () => {
  const faults: unknown[] = [];
  const hub = monitoredHub(async () => hubReading([properties("0")]), {
    main: async () => storeReading([group]),
  });
  const monitor = startMonitor([hub], 1, (_, error) => faults.push(error));
  let told = 0;
  monitor.subscribe(() => {
    told += 1;
    if (told === 1) throw new Error("a listener's fault");
  });
  await vi.waitFor(() => expect(told).toBeGreaterThan(2));
  expect(faults).toHaveLength(1);
});

it("replaces a snapshot whole, and tells nobody after unsubscribing", async () => {
  const hub = monitoredHub(async () => hubReading([properties("0")]), {
    main: async () => storeReading([group]),
  });
  const monitor = startMonitor([hub], 1, () => {});
  const seen = new Set<unknown>();
  const end = monitor.subscribe((snapshot) => seen.add(snapshot));
  await vi.waitFor(() => expect(seen.size).toBeGreaterThan(2));
  end();
  const size = seen.size;
  const before = monitor.snapshot("orders");
  await vi.waitFor(() => expect(monitor.snapshot("orders")).not.toBe(before));
  expect(seen.size).toBe(size);
});

it("stops at once, closes the hub's connection and publishes nothing more", async () => {
  const close = vi.fn(async () => {});
  const hub = monitoredHub(() => new Promise(() => {}), { main: async () => storeReading([group]) });
  const monitor = startMonitor([{ ...hub, hub: { ...hub.hub, close } }], 1000, () => {});
  await monitor.stop();
  expect(close).toHaveBeenCalledOnce();
});

it("adds new hubs, drops those that are gone, and keeps the rest running", async () => {
  const read = vi.fn(async () => hubReading([properties("0")]));
  const hubOf = (id: string, close = async () => {}) => {
    const hub = monitoredHub(read, { main: async () => storeReading([group]) }, { id });
    return { ...hub, hub: { read, close } };
  };
  const close = vi.fn(async () => {});
  const [kept, gone, added] = [hubOf("kept"), hubOf("gone", close), hubOf("added")];
  const monitor = startMonitor([kept, gone], 1000, () => {});
  await vi.waitFor(() => expect(monitor.snapshot("kept")?.eventHub.totalLag).toBe(10));
  const before = monitor.snapshot("kept");
  await monitor.replaceHubs([kept, added]);
  expect(close).toHaveBeenCalledOnce();
  expect(monitor.snapshot("gone")).toBeNull();
  expect(monitor.snapshot("kept")).toBe(before);
  await vi.waitFor(() => expect(monitor.snapshot("added")?.eventHub.totalLag).toBe(10));
});

it("adopts the snapshots of a hub that is refreshed elsewhere, and continues from them", async () => {
  const read = vi.fn(async () => hubReading([properties("0")]));
  const source = monitoredHub(read, { main: async () => storeReading([group]) });
  const elsewhere = startMonitor([source], 1, () => {});
  await vi.waitFor(() => expect(elsewhere.snapshot("orders")?.eventHub.totalLag).toBe(10));
  const published = elsewhere.snapshot("orders");
  if (published == null) throw new Error("no snapshot");
  await elsewhere.stop();
  read.mockClear();

  const monitor = new Monitor([source], 1, () => {});
  onTestFinished(() => monitor.stop());
  const told: unknown[] = [];
  monitor.subscribe((snapshot) => told.push(snapshot));
  await monitor.adopt(published);
  expect(told).toEqual([published]);
  expect(monitor.snapshots()).toEqual([published]);
  expect(monitor.trend("orders", groupKey("main", "billing")).map(({ lag }) => lag)).toEqual([10]);
  expect(read).not.toHaveBeenCalled();

  monitor.startHub("orders");
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(1));
  await monitor.adopt(published);
  expect(monitor.snapshot("orders")).not.toBe(published);
  await monitor.stopHub("orders");
  const kept = monitor.snapshot("orders");
  await monitor.adopt(published);
  expect([kept?.eventHub.totalLag, monitor.snapshot("orders")]).toEqual([10, published]);
});

it("reads a hub again at once when hurried, even during a refresh", async () => {
  const reads: (() => void)[] = [];
  const read = () =>
    new Promise<ReturnType<typeof hubReading>>((resolve) => {
      reads.push(() => resolve(hubReading([properties("0")])));
    });
  const hub = monitoredHub(read, { main: async () => storeReading([group]) });
  const monitor = startMonitor([hub], 3_600_000, () => {});
  const asked = (count: number) => vi.waitFor(() => expect(reads).toHaveLength(count));
  await asked(1);
  monitor.hurry("orders");
  reads[0]?.();
  await asked(2);
  reads[1]?.();
  await vi.waitFor(() => expect(monitor.snapshot("orders")?.eventHub.totalLag).toBe(10));
  const before = monitor.snapshot("orders");
  monitor.hurry("orders");
  await asked(3);
  reads[2]?.();
  await vi.waitFor(() => expect(monitor.snapshot("orders")).not.toBe(before));
  expect(reads).toHaveLength(3);
});

it("tells nobody of a hub that was taken out while others were told of it", async () => {
  const hub = (id: string) =>
    monitoredHub(
      async () => hubReading([properties("0")]),
      { main: async () => storeReading([group]) },
      { id },
    );
  const monitor = new Monitor([hub("shop")], 5, () => {});
  onTestFinished(() => monitor.stop());
  const told: string[] = [];
  let replaced: Promise<void> | null = null;
  monitor.subscribe(() => {
    replaced ??= monitor.replaceHubs([hub("sales")]);
  });
  monitor.subscribe((snapshot) => told.push(snapshot.eventHub.id));
  monitor.start();
  await vi.waitFor(() => expect(told).toContain("sales"));
  await replaced;
  expect(told).not.toContain("shop");
});

it("keeps a hub's version while others are refreshed, and never uses one again", async () => {
  const source = (id: string) => ({
    ...monitoredHub(async () => hubReading([properties("0")]), { main: async () => storeReading([group]) }),
    id,
  });
  const [still, other] = [source("still"), source("other")];
  const monitor = new Monitor([still, other], 60_000, () => {});
  onTestFinished(() => monitor.stop());
  monitor.startHub("still");
  await vi.waitFor(() => expect(monitor.snapshot("still")?.eventHub.totalLag).toBe(10));
  const [version, before] = [monitor.version, monitor.versionOf("still")];
  monitor.startHub("other");
  await vi.waitFor(() => expect(monitor.snapshot("other")?.eventHub.totalLag).toBe(10));
  expect(monitor.version).toBeGreaterThan(version);
  expect(monitor.versionOf("still")).toBe(before);
  await monitor.replaceHubs([source("still"), other]);
  expect(monitor.versionOf("still")).toBeGreaterThan(before ?? 0);
  expect(monitor.versionOf("gone")).toBeNull();
});
