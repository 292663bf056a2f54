import { expect, it, onTestFinished, vi } from "vitest";
import { azureRequests } from "#lib/core/azure-requests.ts";
import { createEventReader, type EventReader } from "#lib/event-hub/event-reader.ts";
import { PropertyRate } from "#lib/event-hub/rate/property-rate.ts";
import type { LocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import { attached, consumerFor, readPartition, startEndpoint } from "#tests/support/local-event-hubs.ts";

const noon = Date.UTC(2026, 0, 15, 12);
const unbounded = { seconds: 1e9 };

function readerFor({ connectionString }: LocalEventHubs, timeoutMs?: number): EventReader {
  const options = { connectionString, eventHubName: "orders" };
  const reader = createEventReader({ ...options, ...(timeoutMs !== undefined && { timeoutMs }) });
  onTestFinished(() => reader.close());
  return reader;
}

/** Sequence numbers 100 to 109, a second apart from noon on. Events 104 and 105 both have noon + 4 s. */
async function startFilled(): Promise<LocalEventHubs> {
  const endpoint = await startEndpoint([
    {
      name: "orders",
      partitionCount: 2,
      consumerGroups: ["tidemark"],
      retention: unbounded,
      firstSequenceNumber: 100,
      createdAt: noon - 60_000,
    },
  ]);
  const seconds = [0, 1, 2, 3, 4, 4, 6, 7, 8, 9];
  endpoint.append(
    "orders",
    "0",
    seconds.map((second) => ({ body: second, enqueuedAt: noon + second * 1_000 })),
  );
  return endpoint;
}

const sequenceNumber = (event: { sequenceNumber: number } | null) => event?.sequenceNumber ?? null;

it("reads the event at a place, at or after a time, or the first one", async () => {
  const endpoint = await startFilled();
  const reader = readerFor(endpoint);
  const first = async (start: Parameters<EventReader["firstEvent"]>[2]) =>
    sequenceNumber(await reader.firstEvent("tidemark", "0", start));

  expect(await reader.firstEvent("tidemark", "0", { sequenceNumber: 103 })).toEqual({
    sequenceNumber: 103,
    offset: expect.stringMatching(/^\d+$/),
    enqueuedAt: noon + 3_000,
  });
  expect(azureRequests()).toContainEqual({ service: "eventhubs", operation: "readEvents", count: 1 });
  expect(await first("earliest")).toBe(100);
  expect(await first({ sequenceNumber: 7 })).toBe(100);
  expect(await first({ enqueuedAt: noon + 4_000 })).toBe(104);
  expect(await first({ enqueuedAt: noon + 4_001 })).toBe(106);
  expect(await first({ enqueuedAt: noon + 5_999 })).toBe(106);
  expect(await first({ enqueuedAt: noon - 1 })).toBe(100);
  expect(await first({ enqueuedAt: noon + 9_000 })).toBe(109);
});

it("tells the end of the stream by the partition's figures", async () => {
  const endpoint = await startFilled();
  const reader = readerFor(endpoint, 30_000);
  const ends = await Promise.all([
    reader.firstEvent("tidemark", "0", { sequenceNumber: 110 }),
    reader.firstEvent("tidemark", "0", { sequenceNumber: 999 }),
    reader.firstEvent("tidemark", "0", { enqueuedAt: noon + 9_001 }),
    reader.firstEvent("tidemark", "1", "earliest"),
    reader.firstEvent("tidemark", "1", { enqueuedAt: noon }),
  ]);
  expect(ends).toEqual([null, null, null, null, null]);
});

it("takes a missing event for a failure, not for the end", async () => {
  const endpoint = await startFilled();
  endpoint.remove("orders", "0", [109]);
  const reader = readerFor(endpoint, 1_500);
  await expect(reader.firstEvent("tidemark", "0", { sequenceNumber: 109 })).rejects.toMatchObject({
    code: "azureTimeout",
  });
  await attached(endpoint, ["orders", "tidemark", "0"], 0);
});

it("finds the events on both sides of a place, across gaps", async () => {
  const endpoint = await startFilled();
  endpoint.append(
    "orders",
    "1",
    Array.from({ length: 3_000 }, (_, body) => ({ body })),
  );
  endpoint.remove("orders", "0", [102, 103, 106]);
  endpoint.remove(
    "orders",
    "1",
    [...Array(3_000).keys()].map((n) => n + 100).filter((n) => n > 1_234 && n < 2_500),
  );
  endpoint.remove("orders", "1", [100, 101, 102]);
  const reader = readerFor(endpoint);
  const around = async (partitionId: string, place: number) => {
    const { before, next } = await reader.neighbours("tidemark", partitionId, {
      sequenceNumber: place,
      begin: 100,
    });
    return [sequenceNumber(before), sequenceNumber(next)];
  };
  expect(await around("0", 101)).toEqual([100, 101]);
  expect(await around("0", 102)).toEqual([101, 104]);
  expect(await around("0", 104)).toEqual([101, 104]);
  expect(await around("0", 107)).toEqual([105, 107]);
  expect(await around("0", 110)).toEqual([109, null]);
  expect(await around("0", 100)).toEqual([null, 100]);
  expect(await around("1", 103)).toEqual([null, 103]);
  expect(await around("1", 2_400)).toEqual([1_234, 2_500]);
});

it("is refused at once when a processor keeps others out, and throws nobody out", async () => {
  const endpoint = await startFilled();
  const others = consumerFor(endpoint, "orders");
  const processor = readPartition(others, "0", { offset: "-1" }, { ownerLevel: 1 });
  const plain = readPartition(consumerFor(endpoint, "orders"), "1", { offset: "-1" });
  await attached(endpoint, ["orders", "$Default", "0"], 1);
  await attached(endpoint, ["orders", "$Default", "1"], 1);
  endpoint.append("orders", "1", [{ body: 1 }]);

  const reader = readerFor(endpoint);
  await expect(reader.firstEvent("$Default", "0", "earliest")).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("inspectionConsumerGroup"),
  });
  expect(await reader.firstEvent("$Default", "1", "earliest")).toMatchObject({ sequenceNumber: 100 });
  await reader.close();
  endpoint.append("orders", "1", [{ body: 2 }]);
  await vi.waitFor(() => expect(plain.events).toHaveLength(2));
  expect([processor.errors, plain.errors]).toEqual([[], []]);
  expect(endpoint.readers("orders", "$Default", "0")).toBe(1);
});

it("names a missing consumer group, and one with all five places taken", async () => {
  const endpoint = await startFilled();
  for (let i = 0; i < 5; i++) readPartition(consumerFor(endpoint, "orders"), "0", { offset: "-1" });
  await attached(endpoint, ["orders", "$Default", "0"], 5);
  const reader = readerFor(endpoint);
  await expect(reader.firstEvent("$Default", "0", "earliest")).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Five readers"),
  });
  await expect(reader.firstEvent("nobody", "0", "earliest")).rejects.toMatchObject({
    code: "azureFailed",
    message: expect.stringContaining("no consumer group nobody"),
  });
});

it("reads many partitions over a few connections and few over one, and leaves no reader behind", async () => {
  const partitionCount = 64;
  const endpoint = await startEndpoint([{ name: "orders", partitionCount }]);
  const ids = Array.from({ length: partitionCount }, (_, id) => String(id));
  for (const id of ids) endpoint.append("orders", id, [{ body: 0 }, { body: 1 }]);
  const connections = () => endpoint.requests().connections;
  const reader = readerFor(endpoint);
  await Promise.all(ids.slice(0, 4).map((id) => reader.firstEvent("$Default", id, "earliest")));
  expect(connections()).toBe(1);
  const twice = [...ids, ...ids].map((id) => reader.firstEvent("$Default", id, { sequenceNumber: 1 }));
  const events = await Promise.all(twice);
  expect(new Set(events.map(sequenceNumber))).toEqual(new Set([1]));
  expect(connections()).toBe(8);
  await reader.close();
  await vi.waitFor(() =>
    expect(ids.filter((id) => endpoint.readers("orders", "$Default", id) > 0)).toEqual([]),
  );
});

it("ends pending reads at once when it is given up or closed", async () => {
  const endpoint = await startFilled();
  const reader = readerFor(endpoint, 60_000);
  endpoint.remove("orders", "0", [109]);
  const giveUp = new AbortController();
  const start = { sequenceNumber: 109 };
  const given = reader.firstEvent("tidemark", "0", start, { abortSignal: giveUp.signal });
  const closed = expect(reader.firstEvent("tidemark", "0", start)).rejects.toMatchObject({
    code: "azureTimeout",
  });
  await attached(endpoint, ["orders", "tidemark", "0"], 1);
  giveUp.abort();
  await expect(given).rejects.toMatchObject({ code: "azureTimeout" });
  await reader.close();
  await closed;
});

it("asks for the end of a stream at the hub's rate, and slows it where the service is busy", async () => {
  const endpoint = await startFilled();
  const rate = new PropertyRate();
  const turn = vi.spyOn(rate, "turn");
  const { connectionString } = endpoint;
  const reader = createEventReader({ connectionString, eventHubName: "orders", rate });
  onTestFinished(() => reader.close());
  expect(await reader.firstEvent("tidemark", "0", { sequenceNumber: 110 })).toBeNull();
  expect(turn.mock.calls).toEqual([[expect.objectContaining({ first: true })]]);
  endpoint.beBusy(2);
  await expect(reader.firstEvent("tidemark", "0", { sequenceNumber: 110 })).rejects.toThrow();
  expect(rate.isBusy).toBe(true);
});

/** Its next turn comes after `seconds`. */
async function takenRate(seconds: number) {
  const rate = new PropertyRate({ ceiling: 1 / seconds });
  await rate.turn({ signal: new AbortController().signal });
  return { rate, turn: vi.spyOn(rate, "turn") };
}

it("asks no more for the end of a stream once its event has come", async () => {
  const endpoint = await startFilled();
  const { rate, turn } = await takenRate(5);
  const { connectionString } = endpoint;
  const reader = createEventReader({ connectionString, eventHubName: "orders", rate });
  onTestFinished(() => reader.close());
  const event = reader.firstEvent("tidemark", "0", { sequenceNumber: 110 });
  await vi.waitFor(() => expect(turn).toHaveBeenCalled(), 10_000);
  endpoint.append("orders", "0", [{ body: "at last" }]);
  expect(sequenceNumber(await event)).toBe(110);
  await expect(turn.mock.results[0]?.value).rejects.toThrow();
});

it("does not take the wait for its turn at the hub's rate for a silent service", async () => {
  const endpoint = await startFilled();
  const { rate } = await takenRate(4);
  const { connectionString } = endpoint;
  const reader = createEventReader({ connectionString, eventHubName: "orders", rate, timeoutMs: 3_000 });
  onTestFinished(() => reader.close());
  expect(await reader.firstEvent("tidemark", "0", { sequenceNumber: 110 })).toBeNull();
});
