// One processor of @azure/event-hubs with its own blob checkpoint store, which reports on stdout.
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import {
  EventHubConsumerClient,
  earliestEventPosition,
  latestEventPosition,
  type SubscriptionEventHandlers,
} from "@azure/event-hubs";
import { BlobCheckpointStore } from "@azure/eventhubs-checkpointstore-blob";
import { ContainerClient } from "@azure/storage-blob";
import { BlobCheckpointStore as OwnBlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
import type { Line, Task } from "../task.ts";

const task = JSON.parse(process.argv[2] ?? "") as Task;

function say(kind: Line["kind"], fields: Partial<Line> = {}): void {
  console.log(JSON.stringify({ kind, at: Date.now(), ...fields }));
}

const container = new ContainerClient(task.storageConnectionString, task.container);
const store =
  task.variant === "own" ? new OwnBlobCheckpointStore(container) : new BlobCheckpointStore(container);

async function claimAtOnce(count: number, partitionId: string): Promise<void> {
  const { consumerGroup, eventHubName } = task;
  const fullyQualifiedNamespace = "localhost";
  const listed = await store.listOwnership(fullyQualifiedNamespace, eventHubName, consumerGroup);
  const etag = listed.find((one) => one.partitionId === partitionId)?.etag;
  const address = { fullyQualifiedNamespace, eventHubName, consumerGroup, partitionId };
  say("started");
  await Promise.all(
    Array.from({ length: count }, async () => {
      const claim = { ...address, ownerId: randomUUID(), ...(etag === undefined ? {} : { etag }) };
      for (const { partitionId: granted } of await store.claimOwnership([claim])) {
        say("claimed", { partitionId: granted });
      }
    }),
  );
  say("stopped");
  process.exit(0);
}
if (task.claims !== undefined) await claimAtOnce(task.claims, task.partitionId ?? "");

const client = new EventHubConsumerClient(
  task.consumerGroup,
  task.emulatorConnectionString,
  task.eventHubName,
  store,
  {
    ...(task.isByDefault
      ? {}
      : {
          loadBalancingOptions: {
            strategy: "greedy",
            updateIntervalInMs: task.intervalMs,
            partitionOwnershipExpirationIntervalInMs: task.expirationMs,
          },
        }),
    retryOptions: { maxRetries: 3, retryDelayInMs: 100 },
  },
);

const handled = new Map<string, number>();

function isDue(partitionId: string, isLast: boolean): boolean {
  if (task.checkpointEvery === 0) return isLast;
  const count = (handled.get(partitionId) ?? 0) + 1;
  handled.set(partitionId, count);
  return count % task.checkpointEvery === 0;
}

const handlers: SubscriptionEventHandlers = {
  processInitialize: async ({ partitionId }) => say("claimed", { partitionId }),
  processClose: async (reason, { partitionId }) => say("lost", { partitionId, reason }),
  processError: async ({ message }, { partitionId }) => say("error", { partitionId, message }),
  processEvents: async (events, context) => {
    const { partitionId } = context;
    for (const event of events) {
      const which = { partitionId, sequenceNumber: event.sequenceNumber };
      say("event", which);
      await wait(task.handlerMs);
      if (!isDue(partitionId, event === events.at(-1))) continue;
      await context.updateCheckpoint(event);
      say("checkpointed", which);
    }
  },
};
const options = {
  startPosition: task.startPosition === "earliest" ? earliestEventPosition : latestEventPosition,
  maxBatchSize: task.batchSize,
  maxWaitTimeInSeconds: 1,
  ...(task.ownerLevel === undefined ? {} : { ownerLevel: task.ownerLevel }),
};
const subscription =
  task.partitionId === undefined
    ? client.subscribe(handlers, options)
    : client.subscribe(task.partitionId, handlers, options);
say("started");

process.once("SIGTERM", async () => {
  await subscription.close();
  await client.close();
  say("stopped");
});
