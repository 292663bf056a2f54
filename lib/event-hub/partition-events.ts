import type { EventHubConsumerClient, EventPosition, ReceivedEventData } from "@azure/event-hubs";
import { countAzureRequest } from "#lib/core/azure-requests.ts";
import type { PartitionProperties } from "#lib/core/hub-reading.ts";
import { whenLate } from "#lib/core/pause.ts";
import { destroySocket, sendAtOnce } from "./client-socket.ts";
import { toEventContent, toWholeContent } from "./event-content.ts";
import { createHubClient } from "./hub-client.ts";
import { PropertyRate } from "./rate/property-rate.ts";
import { readAtRate } from "./rate/read-at-rate.ts";
import { ReadingLimit } from "./rate/reading-limit.ts";
import type { EventReaderOptions, EventStart, ReadEvent } from "./read-event.ts";
import { Slots } from "./slots.ts";
import { toPartitionProperties } from "./to-partition-properties.ts";
import { toReadingError } from "./to-reading-error.ts";
import { abortController, withLimit } from "./with-limit.ts";

const quietMs = 1_000;
const closeLimitMs = 2_000;
const readingsAtOnce = 32;
/** The client requests tokens one by one per connection, so many partitions need several. */
const mostConnections = 8;

export interface PartitionRead {
  consumerGroup: string;
  partitionId: string;
  start: EventStart;
  batchSize?: number;
  withContent?: boolean | "whole";
  abortSignal?: AbortSignal | undefined;
}

interface Connection {
  client: EventHubConsumerClient;
  readings: number;
}

/** Attaches readers without an owner level, each for a few events. */
export class PartitionEvents {
  readonly #options: EventReaderOptions;
  readonly #timeoutMs: number;
  readonly #rate: PropertyRate;
  readonly #slots: Slots;
  readonly #connections = new Map<string, Connection[]>();
  readonly #shutdown = abortController();

  constructor(options: EventReaderOptions) {
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#rate = options.rate ?? new PropertyRate();
    this.#slots = new Slots(options.maxInFlight ?? readingsAtOnce);
  }

  /** Returns events up to the first one that satisfies `isLast`; fewer at the end of the stream. */
  async read(request: PartitionRead, isLast: (event: ReadEvent) => boolean): Promise<ReadEvent[]> {
    const { consumerGroup, partitionId, abortSignal } = request;
    const stop = abortSignal ? AbortSignal.any([abortSignal, this.#shutdown.signal]) : this.#shutdown.signal;
    try {
      // A client allows one reader per partition at a time.
      return await this.#slots.use(`${consumerGroup}/${partitionId}`, stop, async () => {
        const connection = this.#connection(consumerGroup);
        connection.readings += 1;
        try {
          return await this.#inTime(stop, (signal, limit) =>
            readOnce(connection.client, request, isLast, signal, (over) =>
              this.#propertiesOf(connection.client, partitionId, over, limit),
            ),
          );
        } finally {
          connection.readings -= 1;
        }
      });
    } catch (error) {
      const { eventHubName } = this.#options;
      const [connection] = this.#connections.get(consumerGroup) ?? [];
      const fullyQualifiedNamespace = connection?.client.fullyQualifiedNamespace ?? "its namespace";
      throw toReadingError(error, { eventHubName, fullyQualifiedNamespace, partitionId, consumerGroup });
    }
  }

  async close(): Promise<void> {
    this.#shutdown.abort(new DOMException("The reader of events was closed.", "AbortError"));
    await Promise.all(
      [...this.#connections.values()].flat().map(async ({ client }) => {
        await withLimit(abortController().signal, closeLimitMs, () => client.close()).catch(() => {});
        destroySocket(client);
      }),
    );
    this.#connections.clear();
  }

  /** The wait for a turn is no fault of the service, so it does not count. */
  async #inTime<T>(
    stop: AbortSignal,
    run: (signal: AbortSignal, limit: ReadingLimit) => Promise<T>,
  ): Promise<T> {
    const limit = new ReadingLimit(this.#rate, this.#timeoutMs);
    // Most readings find their event and ask for no figures.
    limit.expect(0);
    const late = abortController();
    const endWatch = whenLate(
      () => limit.until,
      () => late.abort(new DOMException(`No answer within ${this.#timeoutMs / 1000} s.`, "TimeoutError")),
    );
    try {
      return await withLimit(AbortSignal.any([stop, late.signal]), null, (signal) => run(signal, limit));
    } finally {
      endWatch();
    }
  }

  /** The client retries by itself here: its retries are those of its readers, too. */
  async #propertiesOf(
    client: EventHubConsumerClient,
    partitionId: string,
    signal: AbortSignal,
    limit: ReadingLimit,
  ) {
    const how = { rate: this.#rate, first: true, signal, timeoutMs: this.#timeoutMs, tries: 1, limit };
    const read = await readAtRate(how, (abortSignal) => {
      countAzureRequest("eventhubs", "getPartitionProperties");
      return client.getPartitionProperties(partitionId, { abortSignal });
    });
    return toPartitionProperties(read);
  }

  #connection(consumerGroup: string): Connection {
    const open = this.#connections.get(consumerGroup) ?? [];
    this.#connections.set(consumerGroup, open);
    const [idlest] = open.toSorted((a, b) => a.readings - b.readings);
    const hasRoom =
      open.length >= mostConnections || (idlest?.readings ?? 0) < readingsAtOnce / mostConnections;
    if (idlest !== undefined && hasRoom) return idlest;
    const added = { client: createHubClient(this.#options, this.#timeoutMs, consumerGroup), readings: 0 };
    open.push(added);
    return added;
  }
}

async function readOnce(
  client: EventHubConsumerClient,
  { partitionId, start, batchSize = 1, withContent = false }: PartitionRead,
  isLast: (event: ReadEvent) => boolean,
  limit: AbortSignal,
  propertiesNow: (signal: AbortSignal) => Promise<PartitionProperties>,
): Promise<ReadEvent[]> {
  sendAtOnce(client);
  const events: ReadEvent[] = [];
  const done = Promise.withResolvers<void>();
  // What is still asked when the reading is over would take the turn of another.
  const over = abortController();
  const giveUp = () => {
    over.abort(limit.reason);
    done.reject(limit.reason);
  };
  limit.addEventListener("abort", giveUp, { once: true });
  const isEnd = async () => isPastEnd(start, events.at(-1), await propertiesNow(over.signal));
  const quiet = setTimeout(() => {
    isEnd().then((ended) => ended && done.resolve(), done.reject);
  }, quietMs);
  countAzureRequest("eventhubs", "readEvents");
  const subscription = client.subscribe(
    partitionId,
    {
      async processEvents(received) {
        for (const each of received) {
          const { sequenceNumber, offset, enqueuedTimeUtc } = each;
          const enqueuedAt = enqueuedTimeUtc.getTime();
          const event = { sequenceNumber, offset, enqueuedAt, ...carried(each, withContent) };
          events.push(event);
          if (!isLast(event)) continue;
          done.resolve();
          return;
        }
      },
      async processError(error) {
        // Past the end the service refuses a sequence number instead of waiting.
        const isRefused = "code" in error && error.code === "ArgumentError";
        if (isRefused && (await isEnd().catch(() => false))) done.resolve();
        else done.reject(error);
      },
    },
    {
      startPosition: positionOf(start),
      maxBatchSize: batchSize,
      prefetchCount: batchSize,
      skipParsingBodyAsJson: true,
    },
  );
  try {
    await done.promise;
    return events;
  } finally {
    clearTimeout(quiet);
    over.abort();
    await subscription.close();
  }
}

function carried(event: ReceivedEventData, withContent: PartitionRead["withContent"]): Partial<ReadEvent> {
  if (withContent === "whole") return { whole: toWholeContent(event) };
  return withContent ? { content: toEventContent(event) } : {};
}

function positionOf(start: EventStart): EventPosition {
  if (start === "earliest") return { offset: "-1" };
  if ("sequenceNumber" in start) return { sequenceNumber: start.sequenceNumber, isInclusive: true };
  return { enqueuedOn: Math.max(0, start.enqueuedAt - 1) };
}

/** Silence does not tell the end of a stream from a slow network; the partition's figures do. */
function isPastEnd(start: EventStart, seen: ReadEvent | undefined, partition: PartitionProperties): boolean {
  const { isEmpty, lastEnqueuedSequenceNumber: last, lastEnqueuedAt } = partition;
  if (isEmpty || last < 0) return true;
  if (seen !== undefined) return seen.sequenceNumber >= last;
  if (start === "earliest") return false;
  if ("sequenceNumber" in start) return start.sequenceNumber > last;
  return lastEnqueuedAt !== null && start.enqueuedAt > lastEnqueuedAt;
}
