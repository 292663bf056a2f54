import { EventHubConsumerClient, earliestEventPosition } from "@azure/event-hubs";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";

export interface ProcessorTask {
  ownerId: string;
  eventHub: string;
  consumerGroup: string;
  eventHubsConnectionString: string;
  storageConnectionString: string;
  container: string;
  renewMs: number;
  expireMs: number;
  /** How long each batch of ten events takes before its checkpoint. Default: no checkpoints. */
  handlerMs?: number;
}

const task = JSON.parse(process.argv[2] ?? "") as ProcessorTask;
const client = new EventHubConsumerClient(
  task.consumerGroup,
  task.eventHubsConnectionString,
  task.eventHub,
  BlobCheckpointStore.fromConnectionString(task.storageConnectionString, task.container),
  {
    identifier: task.ownerId,
    loadBalancingOptions: {
      strategy: "greedy",
      updateIntervalInMs: task.renewMs,
      partitionOwnershipExpirationIntervalInMs: task.expireMs,
    },
  },
);
const { handlerMs } = task;
const subscription = client.subscribe(
  {
    processEvents: async (events, context) => {
      const last = events.at(-1);
      if (handlerMs === undefined || last === undefined) return;
      await new Promise((resolve) => setTimeout(resolve, handlerMs));
      await context.updateCheckpoint(last);
    },
    processError: async () => {},
  },
  { startPosition: earliestEventPosition, ...(handlerMs !== undefined && { maxBatchSize: 10 }) },
);

process.on("SIGTERM", async () => {
  await subscription.close();
  await client.close();
  process.exit(0);
});
// The child ends with its parent, even after a kill -9.
process.on("disconnect", () => process.exit(0));
