// A processor on BlobCheckpointStore: takes its share of the hub's partitions, handles every event, and stores how
// far it came. Start several: they divide the partitions among themselves, and take over from one that ends.
//
//   With connection strings:  EVENTHUB_CONNECTION_STRING  EVENTHUB_NAME  STORAGE_CONNECTION_STRING  CHECKPOINT_CONTAINER
//   With an identity:         EVENTHUB_NAMESPACE (contoso.servicebus.windows.net)  EVENTHUB_NAME  STORAGE_CONTAINER_URL
//   Either way:               CONSUMER_GROUP ($Default)  CHECKPOINT_EVERY (100)  START_AT (a time; an hour ago)
//
//   node lib/sandbox/samples/process-events.ts
//
// To see it work:
//   AZURE_LOG_LEVEL=info                       claims, checkpoints, requests; `verbose` for all
//   DEBUG='azure:tidemark:checkpointstore:*'   the store alone (also: azure:event-hubs:*, azure:core-amqp:*)
//   DEBUG='rhea:frames,rhea-promise:*'         the AMQP frames
import {
  CloseReason,
  EventHubConsumerClient,
  type PartitionContext,
  type ReceivedEventData,
} from "@azure/event-hubs";
import { DefaultAzureCredential } from "@azure/identity";
import { ContainerClient } from "@azure/storage-blob";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";

const checkpointEvery = Number(process.env.CHECKPOINT_EVERY ?? 100);
const startAt = process.env.START_AT ? new Date(process.env.START_AT) : new Date(Date.now() - 3_600_000);
const consumerGroup = process.env.CONSUMER_GROUP ?? "$Default";

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; the head of this file lists what is needed.`);
  return value;
}

function connect(): EventHubConsumerClient {
  const hub = needed("EVENTHUB_NAME");
  if (process.env.EVENTHUB_CONNECTION_STRING) {
    const store = BlobCheckpointStore.fromConnectionString(
      needed("STORAGE_CONNECTION_STRING"),
      needed("CHECKPOINT_CONTAINER"),
    );
    return new EventHubConsumerClient(consumerGroup, process.env.EVENTHUB_CONNECTION_STRING, hub, store);
  }
  // Managed identity, workload identity, Azure CLI … It needs the roles Azure Event Hubs Data Receiver and
  // Storage Blob Data Contributor.
  const credential = new DefaultAzureCredential();
  const store = new BlobCheckpointStore(new ContainerClient(needed("STORAGE_CONTAINER_URL"), credential));
  return new EventHubConsumerClient(consumerGroup, needed("EVENTHUB_NAMESPACE"), hub, credential, store);
}

/** Your work. An event may come again: everything after the last checkpoint does. */
async function handle(event: ReceivedEventData, partitionId: string): Promise<void> {
  console.log(`event ${partitionId} ${event.sequenceNumber} ${JSON.stringify(event.body)}`);
}

interface Progress {
  last?: ReceivedEventData;
  sinceCheckpoint: number;
  /** The handler's current work: the client does not wait for it when closing a partition. */
  working: Promise<void>;
}
const partitions = new Map<string, Progress>();
let stopping = false;

async function checkpoint(progress: Progress, context: PartitionContext): Promise<void> {
  if (!progress.last || progress.sinceCheckpoint === 0) return;
  await context.updateCheckpoint(progress.last);
  progress.sinceCheckpoint = 0;
  console.log(`checkpoint ${context.partitionId} ${progress.last.sequenceNumber}`);
}

async function work(
  events: ReceivedEventData[],
  progress: Progress,
  context: PartitionContext,
): Promise<void> {
  for (const event of events) {
    if (stopping) return;
    await handle(event, context.partitionId);
    progress.last = event;
    progress.sinceCheckpoint += 1;
    if (progress.sinceCheckpoint >= checkpointEvery) await checkpoint(progress, context);
  }
  // Empty after maxWaitTimeInSeconds without events: a good moment to store the position.
  if (events.length === 0) await checkpoint(progress, context);
}

const client = connect();
const subscription = client.subscribe(
  {
    async processInitialize({ partitionId }) {
      partitions.set(partitionId, { sinceCheckpoint: 0, working: Promise.resolve() });
      console.log(`claimed ${partitionId}`);
    },
    async processEvents(events, context) {
      const progress = partitions.get(context.partitionId);
      if (!progress) return;
      progress.working = work(events, progress, context);
      await progress.working;
    },
    async processError(error, { partitionId }) {
      // Errors end nothing: the client retries. An empty partitionId means load balancing.
      console.error(`error ${partitionId || "-"} ${error.message}`);
    },
    async processClose(reason, context) {
      const progress = partitions.get(context.partitionId);
      partitions.delete(context.partitionId);
      // processError has the handler's failure; what it finished before still counts.
      await progress?.working.catch(() => undefined);
      // If another processor took over, the position is its own to store.
      if (progress && reason === CloseReason.Shutdown) await checkpoint(progress, context);
      console.log(`closed ${context.partitionId} ${reason}`);
    },
  },
  { startPosition: { enqueuedOn: startAt }, maxBatchSize: checkpointEvery, maxWaitTimeInSeconds: 5 },
);

const mostMsToStop = 5_000;

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  // Without an answer from storage the client would keep asking; the ownerships expire by themselves.
  setTimeout(() => process.exit(1), mostMsToStop).unref();
  // Ends the handlers, stores their last positions and releases the partitions for others.
  await subscription.close();
  await client.close();
  console.log("stopped");
}
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
