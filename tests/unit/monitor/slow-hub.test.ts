import type { EventHubConsumerClient } from "@azure/event-hubs";
import { MessagingError } from "@azure/event-hubs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createHubReader } from "#lib/event-hub/hub-reader.ts";
import { PropertyRate } from "#lib/event-hub/rate/property-rate.ts";
import { startHubLoop } from "#lib/monitor/hub-loop.ts";
import { unreadHub } from "#lib/monitor/hub-snapshot.ts";
import { HubMemory } from "#lib/monitor/memory.ts";
import { Recollection } from "#lib/monitor/recollection.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { checkpoint, monitoredHub, storedGroup, storeReading } from "#tests/support/fixtures/sources.ts";

const partitionCount = 1_024;
const perSecondIn = 100;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 15, 12) });
});
afterEach(() => {
  vi.useRealTimers();
});

function busyHub(options: { ceiling?: number; busyAbove?: number; listingMs?: number; resets?: number }) {
  const startedAt = Date.now();
  const last = () => 1_000 + Math.floor(((Date.now() - startedAt) / 1000) * perSecondIn);
  const rate = new PropertyRate({ ceiling: options.ceiling ?? null });
  let inThisSecond = 0;
  const counting = setInterval(() => {
    inThisSecond = 0;
  }, 1_000);
  const client = {
    fullyQualifiedNamespace: "contoso.servicebus.windows.net",
    getEventHubProperties: async () => ({
      createdOn: new Date(startedAt - 86_400_000),
      partitionIds: Array.from({ length: partitionCount }, (_, index) => String(index)),
      isGeoDrEnabled: false,
    }),
    getPartitionProperties: async (partitionId: string) => {
      inThisSecond += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (inThisSecond > (options.busyAbove ?? Number.POSITIVE_INFINITY)) {
        throw Object.assign(new MessagingError("Too many."), { code: "ServerBusyError", retryable: true });
      }
      return {
        partitionId,
        beginningSequenceNumber: 0,
        lastEnqueuedSequenceNumber: last(),
        lastEnqueuedOffset: "1",
        lastEnqueuedOnUtc: new Date(),
        isEmpty: false,
      };
    },
    close: async () => {},
  };
  const reader = (goesFirst = false, over: object = {}) => {
    const openClient = () => ({ ...client, ...over }) as unknown as EventHubConsumerClient;
    return createHubReader({ eventHubName: "orders", rate, goesFirst, openClient });
  };
  const resets = Array.from({ length: options.resets ?? 0 }, () => reader(true).read());
  const listedAt: number[] = [];
  const list = async () => {
    if (options.listingMs !== undefined)
      await new Promise((resolve) => setTimeout(resolve, options.listingMs));
    listedAt.push(Date.now() - startedAt);
    const checkpoints = Array.from({ length: partitionCount }, (_, index) =>
      checkpoint(String(index), last(), Date.now()),
    );
    return storeReading([storedGroup("billing", checkpoints)], Date.now());
  };
  const source = reader();
  const hub = { ...monitoredHub(source.read, { main: list }), hub: source };
  const snapshots: { at: number; snapshot: HubSnapshot }[] = [];
  const memory = new HubMemory(10_000);
  const loop = startHubLoop(
    hub,
    10_000,
    Date.now,
    { memory, recollection: new Recollection(null, hub, memory), snapshot: unreadHub(hub) },
    {
      refreshed: async (snapshot) => {
        snapshots.push({ at: Date.now() - startedAt, snapshot });
      },
      failed: (error) => {
        throw error;
      },
    },
  );
  const end = async () => {
    clearInterval(counting);
    const stopped = loop.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    await stopped;
  };
  return { snapshots, listedAt, reader, resets, rate, end };
}

it("reads 1,024 partitions at 40 a second, lists meanwhile, and reads for a reset first", async () => {
  const { snapshots, listedAt, reader, end } = busyHub({ ceiling: 40 });
  await vi.advanceTimersByTimeAsync(15_000);
  expect(snapshots).toHaveLength(0);
  const askedAt = Date.now();
  let tookMs = Number.NaN;
  const reading = reader(true)
    .read({ partitionIds: ["3", "700", "none"] })
    .then((read) => {
      tookMs = Date.now() - askedAt;
      return read;
    });
  await vi.advanceTimersByTimeAsync(15_000);
  const { partitions, partitionIds } = await reading;
  expect(partitions.map(({ partitionId, error }) => [partitionId, error])).toEqual([
    ["3", null],
    ["700", null],
  ]);
  expect(partitionIds).toHaveLength(partitionCount);
  expect(tookMs).toBeLessThan(500);
  await vi.advanceTimersByTimeAsync(60_000);
  const [first, second] = snapshots;
  expect(first?.at).toBeGreaterThan(25_000);
  expect(first?.at).toBeLessThan(28_000);
  // The next round begins at once.
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeLessThan(27_500);
  expect(listedAt.slice(0, 3)).toEqual([0, 10_000, 20_000]);
  for (const { snapshot } of snapshots) {
    expect(snapshot.eventHub).toMatchObject({ stale: false, error: null, readEvery: { seconds: 26 } });
    expect(snapshot.eventHub.readEvery?.reason.code).toBe("hubReadsCapped");
    const lags = snapshot.groups[0]?.partitions.map(({ lag }) => lag ?? Number.NaN) ?? [];
    // The listing before each reading is at most 10 s old. The first one alone would give up to 2,560.
    expect(Math.max(...lags)).toBeLessThanOrEqual(10.1 * perSecondIn);
    expect(Math.min(...lags)).toBeGreaterThanOrEqual(0);
  }
  await end();
});

function healthy(snapshots: readonly { snapshot: HubSnapshot }[]) {
  return snapshots.every(({ snapshot: { eventHub, partitions } }) => {
    const isRead = partitions.every(({ error }) => error === null);
    return !eventHub.stale && eventHub.error === null && isRead;
  });
}

it("waits for its turn behind whole resets before it knows the hub, and is not cut off", async () => {
  const { snapshots, resets, end } = busyHub({ ceiling: 40, listingMs: 6_000, resets: 2 });
  await vi.advanceTimersByTimeAsync(82_000);
  for (const { partitions } of await Promise.all(resets))
    expect(partitions.filter(({ error }) => error !== null)).toEqual([]);
  expect(snapshots.map(({ at }) => at)).toEqual([expect.closeTo(78_000, -4)]);
  expect(healthy(snapshots)).toBe(true);
  await end();
});

it("goes on with its round after a whole reset that came amid it", async () => {
  const { snapshots, reader, end } = busyHub({ ceiling: 40 });
  await vi.advanceTimersByTimeAsync(15_000);
  const whole = reader(true).read();
  await vi.advanceTimersByTimeAsync(45_000);
  expect((await whole).partitions.filter(({ error }) => error !== null)).toEqual([]);
  expect(snapshots.map(({ at }) => at)).toEqual([expect.closeTo(52_000, -4)]);
  expect(healthy(snapshots)).toBe(true);
  await end();
});

it("is given up where others go first for longer than five minutes", async () => {
  const { snapshots, resets, end } = busyHub({ ceiling: 40, resets: 15 });
  await vi.advanceTimersByTimeAsync(310_000);
  expect(snapshots).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(snapshots[0]?.snapshot.eventHub).toMatchObject({
    observedAt: null,
    error: { code: "azureTimeout" },
  });
  await vi.advanceTimersByTimeAsync(120_000);
  await Promise.all(resets);
  await end();
});

it("has time for a reset's reading whose hub turns busy meanwhile", async () => {
  const { reader, end } = busyHub({ busyAbove: 50 });
  const startedAt = Date.now();
  const reading = reader(true).read({ limitMs: 12_000 });
  await vi.advanceTimersByTimeAsync(60_000);
  const { partitions, readAt } = await reading;
  expect(partitions.filter(({ error }) => error !== null)).toEqual([]);
  expect(readAt - startedAt).toBeGreaterThan(20_000);
  await end();
});

it("has no time for silence", async () => {
  const { reader, end } = busyHub({ ceiling: 400 });
  const getPartitionProperties = () => new Promise(() => {});
  const failed = expect(reader(true, { getPartitionProperties }).read({ limitMs: 12_000 })).rejects;
  const told = failed.toMatchObject({ code: "azureTimeout" });
  const startedAt = Date.now();
  const tookMs = told.then(() => Date.now() - startedAt);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await tookMs).toBeLessThan(20_000);
  await end();
});

it("slows down when the service is busy, and still reads every partition in the round", async () => {
  const { snapshots, rate, end } = busyHub({ busyAbove: 50 });
  await vi.advanceTimersByTimeAsync(90_000);
  expect(rate.isBusy).toBe(true);
  const { snapshot } = snapshots.at(-1) ?? {};
  expect(snapshot?.eventHub.readEvery?.reason.code).toBe("hubBusy");
  expect(snapshot?.partitions.filter(({ error }) => error !== null)).toEqual([]);
  await end();
});
