import type { EventHubConsumerClient, EventHubProperties } from "@azure/event-hubs";
import { AppError, type ErrorCode } from "#lib/core/app-error.ts";
import { countAzureRequest } from "#lib/core/azure-requests.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import type { HubPace, HubReach, HubReading, PartitionReading } from "#lib/core/hub-reading.ts";
import { whenLate } from "#lib/core/pause.ts";
import { destroySocket, sendAtOnce } from "./client-socket.ts";
import { createHubClient, type HubConnection } from "./hub-client.ts";
import { PropertyRate } from "./rate/property-rate.ts";
import { readAtRate } from "./rate/read-at-rate.ts";
import { ReadingLimit } from "./rate/reading-limit.ts";
import { createReachProbe } from "./reach.ts";
import { toHubError } from "./to-hub-error.ts";
import { toPartitionProperties } from "./to-partition-properties.ts";
import { abortController, withLimit } from "./with-limit.ts";

const closeLimitMs = 2_000;
const tries = 2;
/** What `begin` asked for is used this long after it was sent: a listing takes less. */
const begunMs = 5_000;

/** Errors that put the connection in doubt; a refused or throttled partition does not. */
const brokenBy: ReadonlySet<ErrorCode> = new Set(["azureTimeout", "azureUnreachable"]);

/**
 * `timeoutMs` covers one request with its retry and connecting; default: 10 s. `rate` is shared by all
 * readers of the hub; default: unlimited. When `goesFirst`, its reads go before those of the hub's other
 * readers.
 */
export interface HubReaderOptions extends HubConnection {
  timeoutMs?: number;
  maxInFlight?: number;
  rate?: PropertyRate;
  goesFirst?: boolean;
  openClient?: () => EventHubConsumerClient;
}

/** What was asked ahead of a reading; `sent`: it had its turn, or failed before. */
interface Begun {
  client: EventHubConsumerClient;
  hub: Promise<EventHubProperties>;
  sent: Promise<void>;
  isOld(): boolean;
}

/**
 * `limitMs`: the reading fails after this time, or after what it takes at the hub's rate, if that is longer.
 * Default: `abortSignal` decides.
 */
interface HubReadOptions {
  abortSignal?: AbortSignal | undefined;
  limitMs?: number;
  partitionIds?: readonly string[] | undefined;
}

export interface HubReader {
  /**
   * Asks for the hub's partitions ahead of a `read` that follows soon and takes the answer, which spares it a
   * round trip. Never throws: a failure is that reading's.
   */
  begin(): void;
  /**
   * Reads the hub and its partitions, or those of `partitionIds` that it has, in partitions + 1 requests
   * (`requests`), over a connection that is kept and replaced after failures. A single failing partition is a
   * reading with its error. Rejects with an AppError if the hub or every partition fails, or on abort.
   */
  read(options?: HubReadOptions): Promise<HubReading & { requests: number }>;
  /**
   * The time limit of the last reading at the hub's rate, on `performance.now()`'s clock, so far: it moves with
   * the rate and with the reads of others. 0: there was none.
   */
  goesOnUntil(): number;
  pace(): HubPace | null;
  reach(): HubReach | null;
  /** Cancels readings and closes the connection within 2 s. */
  close(): Promise<void>;
}

/** Reads one event hub. Needs only the right to listen (lib/event-hub/README.md#rights). */
export function createHubReader(options: HubReaderOptions): HubReader {
  const { timeoutMs = 10_000, maxInFlight = 32, eventHubName, goesFirst: first = false } = options;
  const { rate = new PropertyRate() } = options;
  const closing = new Set<Promise<void>>();
  const shutdown = abortController();
  const probe = createReachProbe(options);
  let current: EventHubConsumerClient | null = null;
  let lastLimit: ReadingLimit | null = null;
  let begun: Begun | null = null;

  function retire(client: EventHubConsumerClient): void {
    if (current !== client) return;
    current = null;
    const closed = withLimit(abortController().signal, closeLimitMs, () => client.close())
      .catch(() => {})
      .finally(() => {
        destroySocket(client);
        closing.delete(closed);
      });
    closing.add(closed);
  }

  function send<T>(
    run: (abortSignal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    limit: ReadingLimit | null,
  ): Promise<T> {
    return readAtRate({ rate, first, signal, timeoutMs, tries, limit }, run);
  }

  function clientNow(): EventHubConsumerClient {
    current ??= options.openClient?.() ?? createHubClient(options, timeoutMs, undefined, 0);
    return current;
  }

  function askForHub(
    client: EventHubConsumerClient,
    signal: AbortSignal,
    limit: ReadingLimit | null,
    onSent = () => {},
  ): Promise<EventHubProperties> {
    const ask = (abortSignal: AbortSignal) => {
      onSent();
      countAzureRequest("eventhubs", "getEventHubProperties");
      return client.getEventHubProperties({ abortSignal });
    };
    return send(ask, signal, limit);
  }

  function hubOf(
    client: EventHubConsumerClient,
    signal: AbortSignal,
    limit: ReadingLimit,
  ): Promise<EventHubProperties> {
    const ahead = begun;
    begun = null;
    if (ahead?.client !== client || ahead.isOld()) return askForHub(client, signal, limit);
    void limit.wait(ahead.sent);
    // It has a limit of its own, from its turn on.
    return withLimit(signal, null, () => ahead.hub);
  }

  async function read(
    client: EventHubConsumerClient,
    signal: AbortSignal,
    limit: ReadingLimit,
    only?: readonly string[],
  ) {
    const { fullyQualifiedNamespace } = client;
    const usesConnectionString = options.connectionString !== undefined;
    const target = { eventHubName, fullyQualifiedNamespace, usesConnectionString };
    // Alone and first: it lists today's partitions and opens the connection, so that an outage fails once and
    // not per partition.
    const hub = await hubOf(client, signal, limit).catch((cause: unknown) => {
      throw toHubError(cause, target);
    });
    sendAtOnce(client);
    const wanted = only === undefined ? null : new Set(only);
    const ids = hub.partitionIds.filter((id) => wanted === null || wanted.has(id));
    const askedAt = new Map<string, number>();
    let wasSlow = false;
    const readPartition = async (partitionId: string): Promise<PartitionReading> => {
      try {
        const ask = (abortSignal: AbortSignal) => {
          wasSlow ||= rate.perSecond !== null;
          askedAt.set(partitionId, Date.now());
          countAzureRequest("eventhubs", "getPartitionProperties");
          return client.getPartitionProperties(partitionId, { abortSignal });
        };
        const properties = await send(ask, signal, limit);
        return { partitionId, properties: toPartitionProperties(properties), error: null };
      } catch (cause) {
        return { partitionId, properties: null, error: toHubError(cause, { ...target, partitionId }) };
      }
    };
    limit.expect(ids.length);
    const partitions = await eachInFlight(ids, maxInFlight, readPartition);
    // Throttled partitions are read once more at the lower rate, unless all of them were throttled.
    wasSlow ||= rate.perSecond !== null;
    const isPartly = wasSlow && partitions.some(({ error }) => error === null);
    const again = isPartly ? partitions.filter(isThrottled) : [];
    limit.expect(again.length);
    const second = await eachInFlight(again, maxInFlight, ({ partitionId }) => readPartition(partitionId));
    const anew = new Map(second.map((reading) => [reading.partitionId, reading]));
    if (signal.aborted) throw toHubError(signal.reason, target);
    const all = partitions.map((reading) => {
      const last = anew.get(reading.partitionId) ?? reading;
      const readAt = askedAt.get(last.partitionId);
      // A slow round takes long enough for each partition to need its own time.
      return last.error === null && wasSlow && readAt !== undefined ? { ...last, readAt } : last;
    });
    const [one] = all;
    if (one?.error && all.every(({ error }) => error !== null)) throw one.error;
    return {
      readAt: Date.now(),
      createdOn: hub.createdOn.getTime(),
      isGeoDrEnabled: hub.isGeoDrEnabled,
      partitions: all,
      ...(wanted !== null && { partitionIds: hub.partitionIds }),
      requests: partitions.length + second.length + 1,
    };
  }

  return {
    begin() {
      try {
        const client = clientNow();
        const sent = Promise.withResolvers<void>();
        let sentAt = Number.POSITIVE_INFINITY;
        const hub = askForHub(client, shutdown.signal, null, () => {
          sentAt = performance.now();
          sent.resolve();
        });
        hub.catch(() => sent.resolve());
        begun = { client, hub, sent: sent.promise, isOld: () => performance.now() - sentAt >= begunMs };
      } catch {
        // The reading fails in the same way, and tells it.
      }
    },
    async read({ abortSignal, limitMs, partitionIds } = {}) {
      if (shutdown.signal.aborted) throw closedError(eventHubName);
      const limit = new ReadingLimit(rate);
      lastLimit = limit;
      const stop = abortController();
      const sources = abortSignal === undefined ? [shutdown.signal] : [shutdown.signal, abortSignal];
      const onAbort = () => stop.abort(sources.find((source) => source.aborted)?.reason);
      for (const source of sources) source.addEventListener("abort", onAbort, { once: true });
      if (abortSignal?.aborted) onAbort();
      const startedAt = performance.now();
      const endWatch =
        limitMs === undefined
          ? () => {}
          : whenLate(
              () => Math.max(startedAt + limitMs, limit.until),
              () => stop.abort(new DOMException("The hub did not answer in time.", "TimeoutError")),
            );
      const client = clientNow();
      try {
        const reading = await read(client, stop.signal, limit, partitionIds);
        if (reading.partitions.some(({ error }) => error !== null && brokenBy.has(error.code)))
          retire(client);
        probe.forget();
        return reading;
      } catch (error) {
        retire(client);
        if (error instanceof AppError && brokenBy.has(error.code)) probe.look(Date.now());
        throw error;
      } finally {
        endWatch();
        for (const source of sources) source.removeEventListener("abort", onAbort);
      }
    },
    goesOnUntil: () => lastLimit?.until ?? 0,
    pace: () => {
      const { perSecond, isBusy } = rate;
      return perSecond === null ? null : { perSecond, isBusy };
    },
    reach: () => probe.last,
    async close() {
      shutdown.abort(closedError(eventHubName));
      if (current !== null) retire(current);
      await Promise.all(closing);
    },
  };
}

function isThrottled({ error }: PartitionReading): boolean {
  return error?.code === "azureThrottled";
}

function closedError(eventHubName: string): AppError {
  return new AppError("azureFailed", `The reader of event hub ${eventHubName} was closed.`);
}
