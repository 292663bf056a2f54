import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  EventHubConsumerClient,
  earliestEventPosition,
  latestEventPosition,
  type PartitionContext,
  type ReceivedEventData,
} from "@azure/event-hubs";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
import { fromEnvironment, onEnd, type ProcessorSettings } from "./child-settings.ts";
import { ownershipExpirationSeconds, renewalSeconds } from "./world.ts";

// One processor as a user would write it: the official client with this project's checkpoint store.
const settings = fromEnvironment<ProcessorSettings>();
const { behaviour } = settings;
const ending = new AbortController();
const lastDone = new Map<string, ReceivedEventData>();
const processed = new Map<string, number>();

const client = new EventHubConsumerClient(
  settings.consumerGroup,
  settings.eventHubsConnectionString,
  settings.eventHub,
  BlobCheckpointStore.fromConnectionString(settings.storageConnectionString, settings.container),
  {
    // New at each start like random ids, but readable.
    identifier: `${settings.name}-${randomBytes(2).toString("hex")}`,
    loadBalancingOptions: {
      strategy: "greedy",
      updateIntervalInMs: renewalSeconds * 1_000,
      partitionOwnershipExpirationIntervalInMs: ownershipExpirationSeconds * 1_000,
    },
  },
);

async function processEvents(events: ReceivedEventData[], context: PartitionContext): Promise<void> {
  const bad = behaviour.needsNumbers ? events.findIndex(({ body }) => body.value === null) : -1;
  if (bad >= 0) {
    await retry(events[bad - 1] ?? lastDone.get(context.partitionId), context);
    return;
  }
  await pause(events.length * behaviour.handlerMs, undefined, { signal: ending.signal });
  const last = events.at(-1);
  if (last === undefined) {
    return;
  }
  await context.updateCheckpoint(last);
  lastDone.set(context.partitionId, last);
  const count = (processed.get(context.partitionId) ?? 0) + events.length;
  processed.set(context.partitionId, count);
  if (count >= (behaviour.leavesAfterEvents ?? Number.POSITIVE_INFINITY)) {
    await leaveOnceAllAreDone(behaviour.leavesAfterEvents ?? 0);
  }
}

/** Tries the event after the last done one again and again, as many handlers do: it never gets past it. */
async function retry(done: ReceivedEventData | undefined, context: PartitionContext): Promise<void> {
  while (!ending.signal.aborted) {
    if (done !== undefined) await context.updateCheckpoint(done);
    await pause(behaviour.checkpointSeconds * 1_000, undefined, { signal: ending.signal });
  }
}

async function leaveOnceAllAreDone(enough: number): Promise<void> {
  const { partitionIds } = await client.getEventHubProperties();
  if (partitionIds.every((id) => (processed.get(id) ?? 0) >= enough)) {
    await client.close();
    process.exit(0);
  }
  await pause(60_000, undefined, { signal: ending.signal });
}

const subscription = client.subscribe(
  {
    processEvents: (events, context) =>
      processEvents(events, context).catch((error: unknown) => {
        if (!ending.signal.aborted) throw error;
      }),
    processError: async (error) => {
      if (!ending.signal.aborted) console.error(`${settings.name}: ${error.message}`);
    },
  },
  {
    startPosition: behaviour.startsAt === "earliest" ? earliestEventPosition : latestEventPosition,
    maxBatchSize: 40,
    maxWaitTimeInSeconds: behaviour.checkpointSeconds,
  },
);

onEnd(async () => {
  ending.abort();
  await subscription.close();
  await client.close();
});
