import {
  EventHubConsumerClient,
  earliestEventPosition,
  type Subscription,
  type SubscriptionEventHandlers,
} from "@azure/event-hubs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { LocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import { MemoryCheckpointStore } from "#tests/support/fixtures/memory-checkpoint-store.ts";
import {
  attached,
  consumerFor,
  gotEvents,
  producerFor,
  quickRetries,
  readPartition,
  startEndpoint,
} from "#tests/support/local-event-hubs.ts";

interface Processor {
  subscription: Subscription;
  handled: Map<string, number[]>;
  errors: unknown[];
}

const waiting = { timeout: 15_000, interval: 10 };

function startProcessor(endpoint: LocalEventHubs, store: MemoryCheckpointStore): Processor {
  const client = new EventHubConsumerClient("billing", endpoint.connectionString, "orders", store, {
    ...quickRetries,
    loadBalancingOptions: {
      strategy: "greedy",
      updateIntervalInMs: 100,
      partitionOwnershipExpirationIntervalInMs: 2000,
    },
  });
  onTestFinished(() => client.close());
  const processor: Processor = {
    handled: new Map(),
    errors: [],
    subscription: client.subscribe(handlers(), { startPosition: earliestEventPosition }),
  };
  return processor;

  function handlers(): SubscriptionEventHandlers {
    return {
      async processEvents(events, context) {
        const handled = processor.handled.get(context.partitionId) ?? [];
        processor.handled.set(context.partitionId, handled);
        handled.push(...events.map(({ sequenceNumber }) => sequenceNumber));
        const last = events.at(-1);
        if (last) await context.updateCheckpoint(last);
      },
      async processError(error) {
        processor.errors.push(error);
      },
    };
  }
}

const partitionIds = ["0", "1", "2", "3"];

describe("processors", () => {
  it("share the partitions, and take over when another one stops", async () => {
    const endpoint = await startEndpoint([
      { name: "orders", partitionCount: 4, consumerGroups: ["billing"] },
    ]);
    const producer = producerFor(endpoint, "orders");
    const send = async () => {
      for (const partitionId of partitionIds)
        await producer.sendBatch([{ body: 1 }, { body: 2 }], { partitionId });
    };
    const store = new MemoryCheckpointStore();
    await send();
    const first = startProcessor(endpoint, store);
    const handledBy = (processor: Processor) => [...processor.handled.values()].flat().length;
    await vi.waitFor(() => expect(handledBy(first)).toBe(8), waiting);

    const second = startProcessor(endpoint, store);
    await vi.waitFor(() => {
      const owned = Map.groupBy(store.owners().values(), (ownerId) => ownerId);
      expect([...owned.values()].map(({ length }) => length)).toEqual([2, 2]);
    }, waiting);
    await send();
    await vi.waitFor(() => expect(handledBy(first) + handledBy(second)).toBeGreaterThanOrEqual(16), waiting);

    await first.subscription.close();
    await send();
    await vi.waitFor(() => {
      for (const partitionId of partitionIds) {
        const all = [...(first.handled.get(partitionId) ?? []), ...(second.handled.get(partitionId) ?? [])];
        expect(new Set(all)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
      }
    }, waiting);
    for (const partitionId of partitionIds)
      expect(endpoint.readers("orders", "billing", partitionId)).toBe(1);
    await second.subscription.close();
  });
});

describe("a connection that drops", () => {
  it("is made anew by each client, and no event is lost or repeated", async () => {
    const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1 }]);
    const producer = producerFor(endpoint, "orders");
    const reader = readPartition(consumerFor(endpoint, "orders"), "0", earliestEventPosition);
    await producer.sendBatch([{ body: 0 }, { body: 1 }]);
    await gotEvents(reader, 2);

    endpoint.dropConnections();
    await attached(endpoint, ["orders", "$Default", "0"], 0);
    await producer.sendBatch([{ body: 2 }, { body: 3 }]);
    expect(await producer.getPartitionProperties("0")).toMatchObject({ lastEnqueuedSequenceNumber: 3 });

    await vi.waitFor(() => expect(reader.events.map(({ body }) => body)).toEqual([0, 1, 2, 3]), waiting);
    await reader.close();
  });
});
