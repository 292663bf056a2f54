import type {
  EventHubConsumerClient,
  EventPosition,
  ReceivedEventData,
  Subscription,
} from "@azure/event-hubs";
import { latestEventPosition } from "@azure/event-hubs";
import type { AppError } from "#lib/core/app-error.ts";
import { countAzureRequest } from "#lib/core/azure-requests.ts";
import { destroySocket } from "./client-socket.ts";
import { createHubClient, type HubConnection } from "./hub-client.ts";
import { PropertyRate } from "./rate/property-rate.ts";
import { readAtRate } from "./rate/read-at-rate.ts";
import { toReadingError } from "./to-reading-error.ts";
import { abortController, withLimit } from "./with-limit.ts";

const closeLimitMs = 3_000;
const attachLimitMs = 10_000;

/**
 * `ownerLevel`: readers of a lower level are disconnected and kept out; null: no level, which keeps nobody
 * out. `lastSequenceNumber`: the partition's last event, which proves the attach at once when read; null:
 * empty. `rate`: of the hub's property reads; default: unlimited.
 */
export interface FenceOptions {
  consumerGroup: string;
  partitionId: string;
  ownerLevel: number | null;
  lastSequenceNumber: number | null;
  abortSignal?: AbortSignal | undefined;
  rate?: PropertyRate;
}

/**
 * `refused`: a reader with a higher level, or any level, is or was just there; `ownerLevel` if the service
 * tells. `failed`: `isClean` as from `close()`, so false if it may have attached after all.
 */
export type FenceAnswer =
  | { answer: "attached"; fence: Fence }
  | { answer: "refused"; ownerLevel: number | null; message: string }
  | { answer: "failed"; error: AppError; isClean: boolean };

export interface Fence {
  lost: Promise<FenceLoss>;
  /**
   * The partition's last event after it attached: nobody that it disconnected got a later one. -1: none ever.
   * Null: not readable, or closed meanwhile. Never rejects.
   */
  streamEnd(): Promise<number | null>;
  /**
   * Detaches and waits up to 3 s for confirmation. False: unconfirmed, so the service may refuse lower levels
   * for a while.
   */
  close(): Promise<boolean>;
}

interface FenceLoss {
  /** False: its connection ended, which the service may not have noticed. */
  byReader: boolean;
  message: string;
}

/**
 * Attaches a reader that keeps others off the partition, on its own connection. Needs the right to listen.
 * Never rejects.
 */
export async function openFence(connection: HubConnection, options: FenceOptions): Promise<FenceAnswer> {
  const { partitionId, consumerGroup, abortSignal } = options;
  let client: EventHubConsumerClient;
  try {
    client = createHubClient(connection, attachLimitMs, consumerGroup);
  } catch (error) {
    return { answer: "failed", error: error as AppError, isClean: true };
  }
  const attached = Promise.withResolvers<void>();
  const lost = Promise.withResolvers<FenceLoss>();
  let isAttached = false;
  let told: number | null = null;
  const subscription = subscribe(client, options, {
    onAttached: (end) => {
      if (!isAttached) told = end;
      isAttached = true;
      attached.resolve();
    },
    onError: (error) => {
      if (isAttached) lost.resolve({ byReader: isDisplaced(error), message: error.message });
      else attached.reject(error);
    },
  });
  const closing = abortController();
  const close = () => {
    closing.abort();
    return closeAll(client, subscription);
  };
  try {
    await withLimit(abortSignal ?? abortController().signal, attachLimitMs, () => attached.promise);
    const streamEnd = async () => told ?? readStreamEnd(client, partitionId, closing.signal, options.rate);
    return { answer: "attached", fence: { lost: lost.promise, streamEnd, close } };
  } catch (error) {
    const isClean = await close();
    if (error instanceof Error && isDisplaced(error))
      return { answer: "refused", ownerLevel: levelIn(error.message), message: error.message };
    const { eventHubName } = connection;
    const { fullyQualifiedNamespace } = client;
    return {
      answer: "failed",
      isClean,
      error: toReadingError(error, { eventHubName, fullyQualifiedNamespace, partitionId, consumerGroup }),
    };
  }
}

function subscribe(
  client: EventHubConsumerClient,
  { partitionId, ownerLevel, lastSequenceNumber }: FenceOptions,
  { onAttached, onError }: { onAttached: (end: number | null) => void; onError: (error: Error) => void },
): Subscription {
  const startPosition: EventPosition =
    lastSequenceNumber === null || lastSequenceNumber < 0
      ? latestEventPosition
      : { sequenceNumber: lastSequenceNumber, isInclusive: true };
  countAzureRequest("eventhubs", "attachOwnerLevel");
  return client.subscribe(
    partitionId,
    {
      // Called even without events after the wait below: the link is attached then. Returns at once, since
      // the client learns of a detach only while it waits for events.
      processEvents: async ([first]) => onAttached(first === undefined ? null : endToldWith(first)),
      processError: async (error) => onError(error),
    },
    {
      startPosition,
      ...(ownerLevel !== null && { ownerLevel }),
      trackLastEnqueuedEventProperties: true,
      maxBatchSize: 20,
      prefetchCount: 20,
      maxWaitTimeInSeconds: 1,
      skipParsingBodyAsJson: true,
    },
  );
}

/** Each event carries the stream's end at the time of sending; the first was sent after attaching. */
function endToldWith(event: ReceivedEventData): number | null {
  const end: unknown = event.getRawAmqpMessage().deliveryAnnotations?.last_enqueued_sequence_number;
  return typeof end === "number" && end >= event.sequenceNumber ? end : null;
}

async function readStreamEnd(
  client: EventHubConsumerClient,
  partitionId: string,
  signal: AbortSignal,
  rate = new PropertyRate(),
): Promise<number | null> {
  const how = { rate, first: true, signal, timeoutMs: attachLimitMs, tries: 1 };
  const read = readAtRate(how, (abortSignal) => {
    countAzureRequest("eventhubs", "getPartitionProperties");
    return client.getPartitionProperties(partitionId, { abortSignal });
  });
  return read.then(
    ({ lastEnqueuedSequenceNumber: last }) => (Number.isSafeInteger(last) ? last : null),
    () => null,
  );
}

async function closeAll(client: EventHubConsumerClient, subscription: Subscription): Promise<boolean> {
  try {
    await withLimit(abortController().signal, closeLimitMs, async () => {
      await subscription.close();
      await client.close();
    });
    return true;
  } catch {
    return false;
  } finally {
    destroySocket(client);
  }
}

function isDisplaced(error: Error): boolean {
  return "code" in error && error.code === "ReceiverDisconnectedError";
}

function levelIn(message: string): number | null {
  const digits = /epoch(?: of)? '?(\d{1,15})/i.exec(message)?.[1];
  return digits === undefined ? null : Number(digits);
}
