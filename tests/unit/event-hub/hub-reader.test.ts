import { type EventHubConsumerClient, MessagingError } from "@azure/event-hubs";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { createHubReader as createReader, type HubReaderOptions } from "#lib/event-hub/hub-reader.ts";
import { PropertyRate } from "#lib/event-hub/rate/property-rate.ts";

// The local endpoint answers for every partition or none, so a single failure needs a fake client.
const made: FakeClient[] = [];
let failures = new Map<string, unknown>();
const createHubReader = (options: Omit<HubReaderOptions, "openClient">) =>
  createReader({
    // Another test covers the rate after the service was busy.
    rate: new PropertyRate({ slows: false }),
    ...options,
    openClient: () => {
      const client = new FakeClient();
      made.push(client);
      return client as unknown as EventHubConsumerClient;
    },
  });

class FakeClient {
  readonly fullyQualifiedNamespace = "contoso.servicebus.windows.net";
  closes = 0;
  asked = 0;
  running = 0;
  mostRunning = 0;

  async getEventHubProperties() {
    this.asked += 1;
    if (failures.has("hub")) throw failures.get("hub");
    const partitionIds = Array.from({ length: 100 }, (_, index) => String(index));
    return { name: "orders", createdOn: new Date(1_700_000_000_000), partitionIds, isGeoDrEnabled: true };
  }

  async getPartitionProperties(partitionId: string) {
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    await new Promise((resolve) => setImmediate(resolve));
    this.running -= 1;
    const failure = failures.get(partitionId) ?? failures.get("partitions");
    if (failure !== undefined) throw failure;
    return {
      eventHubName: "orders",
      partitionId,
      beginningSequenceNumber: 0,
      lastEnqueuedSequenceNumber: 9,
      lastEnqueuedOffset: "1",
      lastEnqueuedOnUtc: new Date(1_700_000_000_000),
      isEmpty: false,
    };
  }

  async close() {
    this.closes += 1;
    throw new Error("already gone");
  }
}

function failing(code: string): MessagingError {
  return Object.assign(new MessagingError("It failed."), { code });
}

beforeEach(() => {
  made.length = 0;
  failures = new Map();
});

it("limits the requests in flight, and reads again with the same client", async () => {
  const reader = createHubReader({ eventHubName: "orders", maxInFlight: 16 });
  const reading = await reader.read();
  expect(reading).toMatchObject({ isGeoDrEnabled: true, createdOn: 1_700_000_000_000, requests: 101 });
  await reader.read();
  expect(made).toHaveLength(1);
  expect(made[0]).toMatchObject({ mostRunning: 16, closes: 0 });
});

it("reports a single failing partition with its error, and the others with figures", async () => {
  failures.set("7", failing("ServerBusyError"));
  const reader = createHubReader({ eventHubName: "orders" });
  const { partitions, requests } = await reader.read();
  expect(requests).toBe(101);
  expect(partitions[7]).toMatchObject({
    partitionId: "7",
    properties: null,
    error: { code: "azureThrottled" },
  });
  expect(partitions.filter(({ properties }) => properties !== null)).toHaveLength(99);
  await reader.read();
  expect(made, "a busy partition is no reason to connect anew").toHaveLength(1);
});

it("reconnects after a partition's silence", async () => {
  failures.set("7", failing("OperationTimeoutError"));
  const reader = createHubReader({ eventHubName: "orders" });
  await reader.read();
  failures.clear();
  await reader.read();
  expect(made.map(({ closes }) => closes)).toEqual([1, 0]);
});

it.each([
  ["the hub", "hub", "UnauthorizedError", "azureUnauthorized"],
  ["every partition", "partitions", "ServerBusyError", "azureThrottled"],
])("fails when %s can't be read, and reconnects for the next reading", async (_, what, code, expected) => {
  failures.set(what, failing(code));
  const reader = createHubReader({ eventHubName: "orders" });
  await expect(reader.read()).rejects.toMatchObject({ name: "AppError", code: expected });
  failures.clear();
  expect((await reader.read()).partitions).toHaveLength(100);
  expect(made.map(({ closes }) => closes)).toEqual([1, 0]);
});

it("reads again what failed in passing, and nothing else", async () => {
  const reader = createHubReader({ eventHubName: "orders" });
  const asked = vi.spyOn(FakeClient.prototype, "getEventHubProperties");
  onTestFinished(() => asked.mockRestore());
  asked.mockRejectedValueOnce(failing("ServiceUnavailableError"));
  expect((await reader.read()).partitions).toHaveLength(100);
  expect(asked).toHaveBeenCalledTimes(2);
  asked.mockRejectedValueOnce(Object.assign(failing("ServiceCommunicationError"), { retryable: false }));
  await expect(reader.read()).rejects.toMatchObject({ code: "eventHubNotFound" });
  expect(asked).toHaveBeenCalledTimes(3);
  expect(made).toHaveLength(1);
});

it("closes its client once", async () => {
  const reader = createHubReader({ eventHubName: "orders" });
  await reader.read();
  await reader.close();
  await reader.close();
  expect(made.map(({ closes }) => closes)).toEqual([1]);
});

it("cancels a reading when it is closed", async () => {
  const reader = createHubReader({ eventHubName: "orders" });
  const reading = reader.read();
  const closed = reader.close();
  await expect(reading).rejects.toMatchObject({ message: expect.stringMatching(/was closed/) });
  await closed;
  expect(made.map(({ closes }) => closes)).toEqual([1]);
});

it("slows down when the hub's own properties are throttled, and can be aborted while it waits", async () => {
  failures.set("hub", failing("ServerBusyError"));
  const rate = new PropertyRate();
  const reader = createHubReader({ eventHubName: "orders", rate });
  await expect(reader.read()).rejects.toMatchObject({ code: "azureThrottled" });
  expect([rate.perSecond, rate.isBusy]).toEqual([expect.closeTo(40, 0), true]);
  failures.clear();
  const leaving = new AbortController();
  const reading = reader.read({ abortSignal: leaving.signal });
  leaving.abort();
  await expect(reading).rejects.toMatchObject({ name: "AppError", code: "azureTimeout" });
});

it("asks for the hub ahead of a reading that takes the answer once, unless it is old", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const reader = createHubReader({ eventHubName: "orders" });
  reader.begin();
  expect((await reader.read()).partitions).toHaveLength(100);
  expect(made[0]?.asked).toBe(1);
  await reader.read();
  expect(made[0]?.asked).toBe(2);
  reader.begin();
  await new Promise((resolve) => setImmediate(resolve));
  vi.advanceTimersByTime(6_000);
  await reader.read();
  expect(made[0]?.asked).toBe(4);
});

it("tells a failure to ask ahead as the reading's, and replaces the client", async () => {
  const reader = createHubReader({ eventHubName: "orders" });
  failures.set("hub", failing("ServiceUnavailableError"));
  reader.begin();
  await expect(reader.read()).rejects.toMatchObject({ retryable: true });
  failures.clear();
  expect((await reader.read()).partitions).toHaveLength(100);
  expect(made).toHaveLength(2);
  await reader.close();
  reader.begin();
  await expect(reader.read()).rejects.toMatchObject({ code: "azureFailed" });
});

it("breaks off a reading that waits for what was asked ahead", async () => {
  const reader = createHubReader({ eventHubName: "orders" });
  const asked = vi.spyOn(FakeClient.prototype, "getEventHubProperties");
  asked.mockReturnValueOnce(new Promise(() => {}));
  reader.begin();
  const stop = new AbortController();
  const reading = reader.read({ abortSignal: stop.signal });
  stop.abort(new Error("It was stopped."));
  await expect(reading).rejects.toThrow();
});
