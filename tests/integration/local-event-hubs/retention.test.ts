import { earliestEventPosition } from "@azure/event-hubs";
import { describe, expect, it, vi } from "vitest";
import {
  consumerFor,
  gotEvents,
  producerFor,
  readBodies,
  readPartition,
  startEndpoint,
} from "#tests/support/local-event-hubs.ts";

describe("retention", () => {
  it("lets the oldest events leave by count, and readers begin at what is left", async () => {
    const endpoint = await startEndpoint([
      { name: "orders", partitionCount: 1, retention: { eventsPerPartition: 3 } },
    ]);
    const producer = producerFor(endpoint, "orders");
    await producer.sendBatch([0, 1, 2, 3, 4].map((body) => ({ body })));

    expect(await producer.getPartitionProperties("0")).toMatchObject({
      beginningSequenceNumber: 2,
      lastEnqueuedSequenceNumber: 4,
      isEmpty: false,
    });
    const consumer = consumerFor(endpoint, "orders");
    expect(await readBodies(consumer, "0", earliestEventPosition, 3)).toEqual([2, 3, 4]);
    expect(await readBodies(consumer, "0", { sequenceNumber: 0 }, 3)).toEqual([2, 3, 4]);
  });

  it("lets events leave by age until the partition is empty, but not as new", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1, retention: { seconds: 1 } }]);
    const producer = producerFor(endpoint, "orders");
    await producer.sendBatch([{ body: 0 }, { body: 1 }], { partitionId: "0" });
    const { lastEnqueuedOffset } = endpoint.partition("orders", "0");

    await vi.waitFor(
      async () => expect(await producer.getPartitionProperties("0")).toMatchObject({ isEmpty: true }),
      { timeout: 5000, interval: 50 },
    );
    expect(await producer.getPartitionProperties("0")).toMatchObject({
      beginningSequenceNumber: 2,
      lastEnqueuedSequenceNumber: 1,
      lastEnqueuedOffset,
    });
    await producer.sendBatch([{ body: 2 }], { partitionId: "0" });
    expect(await readBodies(consumerFor(endpoint, "orders"), "0", { offset: lastEnqueuedOffset }, 1)).toEqual(
      [2],
    );
  });

  it("bounds a partition's bytes", async () => {
    const endpoint = await startEndpoint([
      { name: "orders", partitionCount: 1, retention: { bytesPerPartition: 100_000 } },
    ]);
    endpoint.append(
      "orders",
      "0",
      Array.from({ length: 50 }, () => ({ body: Buffer.alloc(9_000) })),
    );

    expect(endpoint.partition("orders", "0")).toMatchObject({
      beginningSequenceNumber: 40,
      lastEnqueuedSequenceNumber: 49,
    });
  });

  it("moves a slow reader past what has left", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1 }]);
    endpoint.append(
      "orders",
      "0",
      Array.from({ length: 20 }, (_, body) => ({ body })),
    );
    const reader = readPartition(consumerFor(endpoint, "orders"), "0", earliestEventPosition, {
      maxBatchSize: 2,
      prefetchCount: 2,
    });
    endpoint.trim("orders", "0", 18);
    await gotEvents(reader, 2);

    await vi.waitFor(() => expect(reader.events.at(-1)?.body).toBe(19), { timeout: 5000 });
    expect(endpoint.partition("orders", "0").beginningSequenceNumber).toBe(18);
  });
});
