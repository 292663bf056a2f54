import { EventHubBufferedProducerClient, earliestEventPosition } from "@azure/event-hubs";
import { describe, expect, it } from "vitest";
import type { LocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import {
  consumerFor,
  gotEvents,
  producerFor,
  readPartition,
  startEndpoint,
} from "#tests/support/local-event-hubs.ts";

const eventsIn = (endpoint: LocalEventHubs, partitionCount: number): number[] =>
  Array.from(
    { length: partitionCount },
    (_, id) => endpoint.partition("orders", String(id)).lastEnqueuedSequenceNumber + 1,
  );

describe("sending", () => {
  it("carries body, properties and system properties through", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1 }]);
    const sentAt = new Date();
    await producerFor(endpoint, "orders").sendBatch([
      {
        body: { total: 12.5, items: ["a", "b"], note: null },
        properties: {
          text: "ü",
          int: 7,
          negative: -7,
          big: 4_294_967_296_123,
          half: 0.5,
          yes: true,
          at: sentAt,
        },
        messageId: "m-1",
        correlationId: "c-1",
        contentType: "application/json",
      },
      { body: Buffer.from([0, 255, 1]) },
      { body: "x".repeat(100_000) },
    ]);

    const reader = readPartition(consumerFor(endpoint, "orders"), "0", earliestEventPosition);
    const [first, second, third] = await gotEvents(reader, 3);

    expect(first).toMatchObject({
      body: { total: 12.5, items: ["a", "b"], note: null },
      properties: {
        text: "ü",
        int: 7,
        negative: -7,
        big: 4_294_967_296_123,
        half: 0.5,
        yes: true,
        at: sentAt.getTime(),
      },
      messageId: "m-1",
      correlationId: "c-1",
      contentType: "application/json",
      sequenceNumber: 0,
      partitionKey: undefined,
    });
    expect(Math.abs((first?.enqueuedTimeUtc.getTime() ?? 0) - sentAt.getTime())).toBeLessThan(5000);
    expect(second?.body).toEqual(Buffer.from([0, 255, 1]));
    expect(third?.body).toHaveLength(100_000);
    expect(Number(second?.offset)).toBeGreaterThan(Number(first?.offset));
  });

  it("carries an AMQP message with annotations, a typed body and its own sections through", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1 }]);
    await producerFor(endpoint, "orders").sendBatch([
      {
        body: { kind: "map", count: 3 },
        bodyType: "value",
        messageAnnotations: { "x-own": "kept", "x-opt-sequence-number": 4711 },
        applicationProperties: { a: 1 },
        properties: { subject: "s", groupId: "g" },
      },
    ]);

    const reader = readPartition(consumerFor(endpoint, "orders"), "0", earliestEventPosition);
    const [event] = await gotEvents(reader, 1);

    expect(event?.body).toEqual({ kind: "map", count: 3 });
    expect(event?.sequenceNumber).toBe(0);
    expect(event?.systemProperties).toMatchObject({ "x-own": "kept", subject: "s", groupId: "g" });
    expect(event?.getRawAmqpMessage().bodyType).toBe("value");
  });

  it("stores a batch without a key in one partition, and the next one in the next", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 3 }]);
    const producer = producerFor(endpoint, "orders");
    for (let i = 0; i < 3; i++) await producer.sendBatch([{ body: i }, { body: i }]);

    expect(eventsIn(endpoint, 3)).toEqual([2, 2, 2]);
    expect(endpoint.requests()).toMatchObject({ eventsAccepted: 6, sendersAttached: 1 });
  });

  it("lets a key always land in one partition, as the client's buffered producer expects it", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 8 }]);
    const producer = producerFor(endpoint, "orders");
    const keys = Array.from({ length: 12 }, (_, i) => `customer-${"x".repeat(i)}`);
    for (const partitionKey of keys) {
      const batch = await producer.createBatch({ partitionKey });
      batch.tryAdd({ body: partitionKey });
      await producer.sendBatch(batch);
    }
    const sent = eventsIn(endpoint, 8);
    expect(sent.filter((count) => count > 0).length).toBeGreaterThan(2);

    const full = sent.findIndex((count) => count > 0);
    const reader = readPartition(consumerFor(endpoint, "orders"), String(full), earliestEventPosition);
    for (const event of await gotEvents(reader, 1)) expect(event.partitionKey).toBe(event.body);

    const buffered = new EventHubBufferedProducerClient(endpoint.connectionString, "orders", {
      onSendEventsErrorHandler: async ({ error }) => expect.fail(String(error)),
    });
    for (const partitionKey of keys) await buffered.enqueueEvent({ body: partitionKey }, { partitionKey });
    await buffered.close({ flush: true });

    expect(eventsIn(endpoint, 8)).toEqual(sent.map((count) => count * 2));
  });

  it("refuses a batch past the size limit when it is built", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1 }]);
    const producer = producerFor(endpoint, "orders");
    const batch = await producer.createBatch();

    expect(batch.maxSizeInBytes).toBe(1024 * 1024);
    expect(batch.tryAdd({ body: Buffer.alloc(1024 * 1024) })).toBe(false);
    await expect(producer.sendBatch([{ body: Buffer.alloc(1024 * 1024) }])).rejects.toMatchObject({
      code: "MessageTooLargeError",
    });
    expect(eventsIn(endpoint, 1)).toEqual([0]);
  });

  it("refuses a hub and a partition that do not exist", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 2 }]);

    await expect(producerFor(endpoint, "nowhere").sendBatch([{ body: 1 }])).rejects.toMatchObject({
      code: "MessagingEntityNotFoundError",
      retryable: false,
    });
    await expect(
      producerFor(endpoint, "orders").sendBatch([{ body: 1 }], { partitionId: "2" }),
    ).rejects.toMatchObject({ code: "ArgumentOutOfRangeError", retryable: false });
  });
});
