import { describe, expect, it } from "vitest";
import { producerFor, startEndpoint } from "#tests/support/local-event-hubs.ts";

describe("hub and partition properties", () => {
  it("describes a hub by its own name, whatever casing it is asked by", async () => {
    const createdAt = Date.UTC(2024, 4, 6, 7, 8, 9);
    const endpoint = await startEndpoint([{ name: "Orders", partitionCount: 3, createdAt }]);

    const properties = await producerFor(endpoint, "oRDERS").getEventHubProperties();

    expect(properties).toEqual({
      name: "Orders",
      createdOn: new Date(createdAt),
      partitionIds: ["0", "1", "2"],
      isGeoDrEnabled: false,
    });
  });

  it("reports -1 and the epoch for a partition that was never used", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1 }]);

    expect(await producerFor(endpoint, "orders").getPartitionProperties("0")).toEqual({
      eventHubName: "orders",
      partitionId: "0",
      beginningSequenceNumber: -1,
      lastEnqueuedSequenceNumber: -1,
      lastEnqueuedOffset: "-1",
      lastEnqueuedOnUtc: new Date(0),
      isEmpty: true,
    });
  });

  it("reports what was sent, with an offset that is not a sequence number", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 2 }]);
    const producer = producerFor(endpoint, "orders");
    const before = Date.now();
    await producer.sendBatch([{ body: 1 }, { body: 2 }, { body: 3 }], { partitionId: "1" });

    const properties = await producer.getPartitionProperties("1");

    expect(properties).toMatchObject({
      beginningSequenceNumber: 0,
      lastEnqueuedSequenceNumber: 2,
      isEmpty: false,
    });
    expect(Number(properties.lastEnqueuedOffset)).toBeGreaterThan(2 ** 32);
    expect(properties.lastEnqueuedOnUtc.getTime()).toBeGreaterThanOrEqual(before);
    expect(await producer.getPartitionProperties("0")).toMatchObject({ isEmpty: true });
  });

  it("keeps sequence numbers past 32 bits exact", async () => {
    const first = 9_007_199_254_740_000;
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1, firstSequenceNumber: first }]);
    const producer = producerFor(endpoint, "orders");

    expect(await producer.getPartitionProperties("0")).toMatchObject({
      beginningSequenceNumber: first,
      lastEnqueuedSequenceNumber: first - 1,
      isEmpty: true,
    });
    await producer.sendBatch([{ body: 1 }], { partitionId: "0" });
    expect(await producer.getPartitionProperties("0")).toMatchObject({
      beginningSequenceNumber: first,
      lastEnqueuedSequenceNumber: first,
      isEmpty: false,
    });
  });

  it("serves 1,024 partitions, and counts what was asked for", async () => {
    const endpoint = await startEndpoint([{ name: "wide", partitionCount: 1024 }]);
    const producer = producerFor(endpoint, "wide");

    const ids = await producer.getPartitionIds();
    expect(ids).toHaveLength(1024);
    expect(ids.at(-1)).toBe("1023");
    const read = await Promise.all(ids.slice(0, 32).map((id) => producer.getPartitionProperties(id)));
    expect(read.map(({ partitionId }) => partitionId)).toEqual(ids.slice(0, 32));
    expect(endpoint.requests()).toMatchObject({ eventHubReads: 1, partitionReads: 32, connections: 1 });
  });

  it("refuses a hub that does not exist", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1 }]);
    const producer = producerFor(endpoint, "nowhere");

    const refusal = { name: "MessagingError", code: "MessagingEntityNotFoundError", retryable: false };
    await expect(producer.getEventHubProperties()).rejects.toMatchObject(refusal);
    await expect(producer.getPartitionProperties("0")).rejects.toMatchObject(refusal);
  });

  it.each(["7", "-1", "01", "x"])("refuses partition %s of a hub with two", async (partitionId) => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 2 }]);

    await expect(producerFor(endpoint, "orders").getPartitionProperties(partitionId)).rejects.toMatchObject({
      code: "ArgumentOutOfRangeError",
      retryable: false,
      message: expect.stringContaining("between 0 and 1"),
    });
  });
});
