import { type EventPosition, earliestEventPosition, latestEventPosition } from "@azure/event-hubs";
import { describe, expect, it, vi } from "vitest";
import type { LocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import {
  attached,
  consumerFor,
  gotError,
  gotEvents,
  producerFor,
  readBodies,
  readPartition,
  startEndpoint,
} from "#tests/support/local-event-hubs.ts";

async function startFilled(): Promise<{ endpoint: LocalEventHubs; now: number }> {
  const endpoint = await startEndpoint([{ name: "orders", partitionCount: 2, consumerGroups: ["Billing"] }]);
  const now = Date.now();
  const events = [4, 3, 2, 1, 0].map((ago) => ({ body: `e${4 - ago}`, enqueuedAt: now - ago * 1000 }));
  endpoint.append("orders", "0", events);
  return { endpoint, now };
}

describe("start positions", () => {
  it("begin at or after each kind of position", async () => {
    const { endpoint, now } = await startFilled();
    const consumer = consumerFor(endpoint, "orders", "billing");
    const all = readPartition(consumer, "0", earliestEventPosition);
    const events = await gotEvents(all, 5);
    expect(events.map(({ body }) => body)).toEqual(["e0", "e1", "e2", "e3", "e4"]);
    expect(events.map(({ sequenceNumber }) => sequenceNumber)).toEqual([0, 1, 2, 3, 4]);
    const offset = events[2]?.offset ?? "";
    const at = events[2]?.enqueuedTimeUtc.getTime() ?? 0;
    expect(at).toBe(now - 2000);
    await all.close();

    const cases: [EventPosition, string[]][] = [
      [{ offset }, ["e3", "e4"]],
      [{ offset, isInclusive: true }, ["e2", "e3", "e4"]],
      [{ sequenceNumber: 2 }, ["e3", "e4"]],
      [{ sequenceNumber: 2, isInclusive: true }, ["e2", "e3", "e4"]],
      [{ enqueuedOn: at }, ["e3", "e4"]],
      [{ enqueuedOn: new Date(at - 1) }, ["e2", "e3", "e4"]],
      [{ offset: "-1" }, ["e0", "e1", "e2", "e3", "e4"]],
      [{ sequenceNumber: -1 }, ["e0", "e1", "e2", "e3", "e4"]],
    ];
    for (const group of [cases.slice(0, 4), cases.slice(4)]) {
      const read = group.map(([position, bodies]) =>
        readBodies(consumerFor(endpoint, "orders"), "0", position, bodies.length),
      );
      expect(await Promise.all(read)).toEqual(group.map(([, bodies]) => bodies));
    }
  });

  it.each([
    ["the latest", () => latestEventPosition],
    ["the last offset", (last: { offset: string }) => ({ offset: last.offset })],
    ["the last sequence number", () => ({ sequenceNumber: 4 })],
    ["the next sequence number, inclusive", () => ({ sequenceNumber: 5, isInclusive: true })],
    ["a time that is still to come", () => ({ enqueuedOn: new Date(Date.now() + 60_000) })],
  ])("wait for new events from %s on, which are pushed at once", async (_, positionOf) => {
    const { endpoint } = await startFilled();
    const offset = endpoint.partition("orders", "0").lastEnqueuedOffset;
    const reader = readPartition(consumerFor(endpoint, "orders"), "0", positionOf({ offset }), {
      maxWaitTimeInSeconds: 30,
    });
    await attached(endpoint, ["orders", "$Default", "0"], 1);

    const sentAt = performance.now();
    endpoint.append("orders", "0", [{ body: "new" }]);
    const [event] = await gotEvents(reader, 1);

    expect(event?.body).toBe("new");
    expect(performance.now() - sentAt).toBeLessThan(1000);
  });

  it.each<[string, (last: number) => EventPosition, string]>([
    ["an offset past the end", (last) => ({ offset: String(last + 8) }), "The supplied offset"],
    ["a sequence number past the end", () => ({ sequenceNumber: 5 }), "The supplied sequence number '5'"],
    ["an offset that is none", () => ({ offset: "here" }), "The supplied offset 'here'"],
  ])("refuse %s", async (_, positionOf, message) => {
    const { endpoint } = await startFilled();
    const last = Number(endpoint.partition("orders", "0").lastEnqueuedOffset);
    const reader = readPartition(consumerFor(endpoint, "orders"), "0", positionOf(last));

    const error = await gotError(reader);
    expect(error).toMatchObject({ name: "MessagingError", code: "ArgumentError", retryable: false });
    expect(error.message).toContain(message);
    expect(endpoint.readers("orders", "$Default", "0")).toBe(0);
  });

  it("refuse any offset on a partition that was never used, as after a hub was recreated", async () => {
    const { endpoint } = await startFilled();
    const error = await gotError(readPartition(consumerFor(endpoint, "orders"), "1", { offset: "100" }));

    expect(error.code).toBe("ArgumentError");
    expect(error.message).toContain("The last offset in the system is '-1'");
  });
});

describe("receiving", () => {
  it.each([
    ["a hub", "nowhere", "$Default", "0", "MessagingEntityNotFoundError"],
    ["a consumer group", "orders", "nobody", "0", "MessagingEntityNotFoundError"],
    ["a partition", "orders", "$Default", "2", "ArgumentOutOfRangeError"],
  ])("refuses %s that does not exist", async (_, hub, group, partitionId, code) => {
    const { endpoint } = await startFilled();
    const reader = readPartition(consumerFor(endpoint, hub, group), partitionId, earliestEventPosition);

    expect(await gotError(reader)).toMatchObject({ name: "MessagingError", code, retryable: false });
  });

  it("delivers thousands of events in order, to several readers at their own pace", async () => {
    const endpoint = await startEndpoint([
      { name: "orders", partitionCount: 1, consumerGroups: ["billing"] },
    ]);
    const producer = producerFor(endpoint, "orders");
    const events = Array.from({ length: 5000 }, (_, i) => ({ body: i }));
    const readers = ["$Default", "billing"].map((group) =>
      readPartition(consumerFor(endpoint, "orders", group), "0", earliestEventPosition, {
        maxBatchSize: 1000,
      }),
    );
    await producer.sendBatch(events.slice(0, 2500));
    await producer.sendBatch(events.slice(2500));

    for (const reader of readers) {
      const received = await gotEvents(reader, 5000);
      expect(received.map(({ body }) => body)).toEqual(events.map(({ body }) => body));
    }
    expect(endpoint.requests().eventsDelivered).toBe(10_000);
  });

  it("delivers no more than the reader gave credit for", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1 }]);
    endpoint.append(
      "orders",
      "0",
      Array.from({ length: 50 }, (_, i) => ({ body: i })),
    );
    const handled = Promise.withResolvers<void>();
    const first = Promise.withResolvers<void>();
    const subscription = consumerFor(endpoint, "orders").subscribe(
      "0",
      {
        async processEvents() {
          first.resolve();
          await handled.promise;
        },
        async processError() {},
      },
      { startPosition: earliestEventPosition, maxBatchSize: 3, prefetchCount: 7 },
    );
    await first.promise;
    // After a round trip on another link, everything under way has arrived.
    await producerFor(endpoint, "orders").getEventHubProperties();

    expect(endpoint.requests().eventsDelivered).toBe(7);
    handled.resolve();
    await vi.waitFor(() => expect(endpoint.requests().eventsDelivered).toBe(50), { timeout: 5000 });
    await subscription.close();
  });

  it("tells how far the partition has come to a reader that asks for it", async () => {
    const { endpoint, now } = await startFilled();
    const told = Promise.withResolvers<unknown>();
    const subscription = consumerFor(endpoint, "orders").subscribe(
      "0",
      {
        async processEvents(_, context) {
          told.resolve({ ...context.lastEnqueuedEventProperties });
        },
        async processError(error) {
          told.reject(error);
        },
      },
      { startPosition: earliestEventPosition, maxBatchSize: 1, trackLastEnqueuedEventProperties: true },
    );

    expect(await told.promise).toEqual({
      sequenceNumber: 4,
      offset: endpoint.partition("orders", "0").lastEnqueuedOffset,
      enqueuedOn: new Date(now),
      retrievedOn: expect.any(Date),
    });
    await subscription.close();
  });
});
