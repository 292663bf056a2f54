import { afterEach, expect, it, vi } from "vitest";
import { createHubReader, type HubReader, type HubReaderOptions } from "#lib/event-hub/hub-reader.ts";
import { PropertyRate } from "#lib/event-hub/rate/property-rate.ts";
import { type LocalEventHubs, startLocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";

const createdAt = Date.UTC(2024, 0, 1);
const running: LocalEventHubs[] = [];
const readers: HubReader[] = [];

afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.close()));
  await Promise.all(running.splice(0).map((hubs) => hubs.stop()));
});

async function local(port = 0): Promise<LocalEventHubs> {
  const hubs = await startLocalEventHubs({
    port,
    eventHubs: [
      { name: "orders", partitionCount: 4, createdAt },
      { name: "telemetry", partitionCount: 32 },
      { name: "wide", partitionCount: 1024 },
    ],
  });
  running.push(hubs);
  return hubs;
}

function readerOf(
  hubs: Pick<LocalEventHubs, "connectionString">,
  eventHubName: string,
  options?: Partial<HubReaderOptions>,
): HubReader {
  const reader = createHubReader({ connectionString: hubs.connectionString, eventHubName, ...options });
  readers.push(reader);
  return reader;
}

it("reads a hub's and its partitions' figures", async () => {
  const hubs = await local();
  const enqueuedAt = Date.UTC(2024, 4, 5, 6, 7, 8, 9);
  const events = Array.from({ length: 10 }, () => ({ body: Buffer.from("x"), enqueuedAt }));
  hubs.append("orders", "1", events);
  hubs.append(
    "orders",
    "2",
    events.map((event) => ({ ...event, enqueuedAt: Date.now() })),
  );
  hubs.trim("orders", "2", 3);

  const reading = await readerOf(hubs, "orders").read();

  expect(reading).toMatchObject({ createdOn: createdAt, isGeoDrEnabled: false, requests: 5 });
  expect(reading.partitions.map(({ partitionId }) => partitionId)).toEqual(["0", "1", "2", "3"]);
  const [never, , trimmed] = reading.partitions.map(({ properties }) => properties);
  expect(never).toMatchObject({
    beginningSequenceNumber: -1,
    lastEnqueuedSequenceNumber: -1,
    lastEnqueuedAt: null,
    isEmpty: true,
  });
  const figures = hubs.partition("orders", "2");
  expect(trimmed).toMatchObject({
    beginningSequenceNumber: 3,
    lastEnqueuedSequenceNumber: 9,
    isEmpty: false,
    lastEnqueuedOffset: figures.lastEnqueuedOffset,
    lastEnqueuedAt: figures.lastEnqueuedAt,
  });
  expect(Math.abs(reading.readAt - Date.now())).toBeLessThan(5_000);
});

it.each([
  ["telemetry", 32],
  ["wide", 1024],
])("reads %s with partitions + 1 requests over one connection", async (name, partitions) => {
  const hubs = await local();
  const reader = readerOf(hubs, name);
  for (const round of [1, 2, 3]) {
    const reading = await reader.read();
    expect(reading.partitions).toHaveLength(partitions);
    expect(reading.partitions.filter(({ error }) => error !== null)).toEqual([]);
    expect(reading.requests).toBe(partitions + 1);
    expect(hubs.requests()).toMatchObject({
      eventHubReads: round,
      partitionReads: round * partitions,
      connections: 1,
      sendersAttached: 0,
      receiversAttached: 0,
    });
  }
});

it("names the failure while the service is away, and reads again once it is back", async () => {
  const first = await local();
  const reader = readerOf(first, "orders", { timeoutMs: 1_000 });
  await reader.read();
  await first.stop();

  await expect(reader.read()).rejects.toMatchObject({
    name: "AppError",
    code: "azureUnreachable",
    retryable: true,
    message: expect.stringMatching(/localhost.*can't be reached \(.*ECONNREFUSED/),
  });

  const second = await local(first.port);
  expect((await reader.read()).partitions).toHaveLength(4);
  expect(second.requests().connections).toBe(1);
});

it("reads on after its connection was cut", async () => {
  const hubs = await local();
  const reader = readerOf(hubs, "orders", { timeoutMs: 1_000 });
  await reader.read();
  hubs.dropConnections();
  // The cut may be noticed only at the next reading. That one may fail, but no later one.
  await reader.read().catch(() => {});
  expect((await reader.read()).partitions.every(({ error }) => error === null)).toBe(true);
  expect(hubs.requests().connections).toBeLessThanOrEqual(3);
});

it("says that a hub does not exist", async () => {
  const hubs = await local();
  await expect(readerOf(hubs, "nothing").read()).rejects.toMatchObject({
    code: "eventHubNotFound",
    retryable: false,
    message:
      "There is no event hub nothing in localhost: check eventHubName and the namespace in the configuration.",
  });
});

it("hears a single busy answer, for the hub or partitions, and asks once more in its turn", async () => {
  const hubs = await local();
  const ofHub = new PropertyRate();
  hubs.beBusy(1);
  expect((await readerOf(hubs, "orders", { rate: ofHub }).read()).partitions).toHaveLength(4);
  expect(ofHub).toMatchObject({ isBusy: true, perSecond: expect.closeTo(40, 0) });
  expect(hubs.requests()).toMatchObject({ eventHubReads: 2, partitionReads: 4 });

  const ofPartitions = new PropertyRate();
  const reader = readerOf(hubs, "orders", { rate: ofPartitions });
  reader.begin();
  await vi.waitUntil(() => hubs.requests().eventHubReads === 3);
  hubs.beBusy(2);
  const { partitions } = await reader.read();
  expect(partitions.map(({ error }) => error)).toEqual([null, null, null, null]);
  expect(ofPartitions).toMatchObject({ isBusy: true, perSecond: expect.closeTo(40, 0) });
  expect(hubs.requests()).toMatchObject({ eventHubReads: 3, partitionReads: 10 });
});

it("stops on request, before and during a reading, and reads again afterwards", async () => {
  const hubs = await local();
  const reader = readerOf(hubs, "wide");
  await expect(reader.read({ abortSignal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "azureTimeout",
  });
  expect(hubs.requests().eventHubReads).toBe(0);

  const stop = new AbortController();
  const reading = reader.read({ abortSignal: stop.signal });
  while (hubs.requests().partitionReads === 0) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await expect(reading).rejects.toMatchObject({ code: "azureTimeout" });
  expect(hubs.requests().partitionReads).toBeLessThan(1024);

  expect((await reader.read()).partitions).toHaveLength(1024);
});
