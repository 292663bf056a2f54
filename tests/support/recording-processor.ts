import { writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import {
  EventHubConsumerClient,
  earliestEventPosition,
  type SubscriptionEventHandlers,
} from "@azure/event-hubs";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
import { createWebSockets } from "#lib/event-hub/web-socket.ts";

export interface RecordingTask {
  ownerId: string;
  eventHub: string;
  consumerGroup: string;
  eventHubsConnectionString: string;
  storageConnectionString: string;
  container: string;
  renewMs: number;
  expireMs: number;
  handlerMs: number;
  batch: number;
  /** The only partition to read. The processor then claims nothing. */
  partitionId?: string;
  transport?: "webSockets";
  /** The handler never gets past this event: it stores the one before it again and again. */
  hangsAt?: { partitionId: string; sequenceNumber: number };
}

/** Events that a handler was given. A session lasts as long as one claim's reading. */
export interface Read {
  ownerId: string;
  partitionId: string;
  session: number;
  first: number;
  last: number;
  at: number;
}

const hangMs = 300;

/** Runs a real processor that reports what it reads before it stores a checkpoint. */
export function runRecordingProcessor(
  task: RecordingTask,
  tell: (read: Read) => void,
): { close(): Promise<void> } {
  const { ownerId, handlerMs } = task;
  const client = new EventHubConsumerClient(
    task.consumerGroup,
    task.eventHubsConnectionString,
    task.eventHub,
    BlobCheckpointStore.fromConnectionString(task.storageConnectionString, task.container),
    {
      identifier: ownerId,
      loadBalancingOptions: {
        strategy: "greedy",
        updateIntervalInMs: task.renewMs,
        partitionOwnershipExpirationIntervalInMs: task.expireMs,
      },
      ...(task.transport === "webSockets" && createWebSockets().options),
      retryOptions: { maxRetries: 2, retryDelayInMs: 100, timeoutInMs: 5_000 },
    },
  );
  const closing = new AbortController();
  const sessions = new Map<string, number>();
  let sessionCount = 0;
  const handlers: SubscriptionEventHandlers = {
    processInitialize: async ({ partitionId }) => {
      sessionCount += 1;
      sessions.set(partitionId, sessionCount);
    },
    processEvents: async (events, context) => {
      const [first, last] = [events[0], events.at(-1)];
      if (first === undefined || last === undefined) return;
      const { partitionId } = context;
      const session = sessions.get(partitionId) ?? 0;
      const read = { first: first.sequenceNumber, last: last.sequenceNumber };
      tell({ ownerId, partitionId, session, ...read, at: Date.now() });
      const hangs = task.hangsAt?.partitionId === partitionId ? task.hangsAt.sequenceNumber : null;
      const done = hangs === null ? last : events.findLast((event) => event.sequenceNumber < hangs);
      while (hangs !== null && last.sequenceNumber >= hangs && !closing.signal.aborted) {
        if (done !== undefined) await context.updateCheckpoint(done);
        await wait(hangMs);
      }
      if (closing.signal.aborted) return;
      if (handlerMs > 0) await wait(handlerMs);
      await context.updateCheckpoint(last);
    },
    processError: async () => {},
  };
  const options = {
    startPosition: earliestEventPosition,
    maxBatchSize: task.batch,
    maxWaitTimeInSeconds: 1,
  };
  const subscription =
    task.partitionId === undefined
      ? client.subscribe(handlers, options)
      : client.subscribe(task.partitionId, handlers, options);
  return {
    close: async () => {
      closing.abort();
      await subscription.close();
      await client.close();
    },
  };
}

if (import.meta.main) {
  const task = JSON.parse(process.argv[2] ?? "") as RecordingTask;
  // The line is written synchronously, so that it survives a kill right after.
  const processor = runRecordingProcessor(task, (read) => writeSync(1, `${JSON.stringify(read)}\n`));
  process.on("SIGTERM", async () => {
    await processor.close();
    process.exit(0);
  });
  process.on("disconnect", () => process.exit(0));
}
