import type { EventHubConsumerClient } from "@azure/event-hubs";
import { AppError, type ErrorCode } from "#lib/core/app-error.ts";
import { countAzureRequest } from "#lib/core/azure-requests.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import type { HubReach, HubReading, PartitionReading } from "#lib/core/hub-reading.ts";
import { destroySocket, sendAtOnce } from "./client-socket.ts";
import { createHubClient, type HubConnection } from "./hub-client.ts";
import { createReachProbe } from "./reach.ts";
import { toHubError } from "./to-hub-error.ts";
import { toPartitionProperties } from "./to-partition-properties.ts";
import { abortController, withLimit } from "./with-limit.ts";

const closeLimitMs = 2_000;

/** Errors that put the connection in doubt; a refused or throttled partition does not. */
const brokenBy: ReadonlySet<ErrorCode> = new Set(["azureTimeout", "azureUnreachable"]);

export interface HubReaderOptions extends HubConnection {
  /** Covers one request with its retry and connecting. Default: 10 s. */
  timeoutMs?: number;
  maxInFlight?: number;
  openClient?: () => EventHubConsumerClient;
}

export interface HubReader {
  /**
   * Reads the hub and all its partitions in partitions + 1 requests (`requests`), over a connection that is
   * kept and replaced after failures. A single failing partition is a reading with its error. Rejects with an
   * AppError if the hub or every partition fails, or on abort.
   */
  read(options?: { abortSignal?: AbortSignal }): Promise<HubReading & { requests: number }>;
  /** Open ways to the namespace, looked at after a failed read. Null: not looked at. */
  reach(): HubReach | null;
  /** Cancels readings and closes the connection within 2 s. */
  close(): Promise<void>;
}

/** Reads one event hub. Needs only the right to listen (lib/event-hub/README.md#rights). */
export function createHubReader(options: HubReaderOptions): HubReader {
  const { timeoutMs = 10_000, maxInFlight = 32, eventHubName } = options;
  const closing = new Set<Promise<void>>();
  const shutdown = abortController();
  const probe = createReachProbe(options);
  let current: EventHubConsumerClient | null = null;

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

  async function read(client: EventHubConsumerClient, signal: AbortSignal) {
    const { fullyQualifiedNamespace } = client;
    const usesConnectionString = options.connectionString !== undefined;
    const target = { eventHubName, fullyQualifiedNamespace, usesConnectionString };
    // Alone and first: it lists today's partitions and opens the connection, so that an outage fails once and
    // not per partition.
    const hub = await withLimit(signal, timeoutMs, (abortSignal) => {
      countAzureRequest("eventhubs", "getEventHubProperties");
      return client.getEventHubProperties({ abortSignal });
    }).catch((error: unknown) => {
      throw toHubError(error, target);
    });
    sendAtOnce(client);
    const partitions = await eachInFlight(hub.partitionIds, maxInFlight, (partitionId) =>
      withLimit(signal, timeoutMs, (abortSignal) => {
        countAzureRequest("eventhubs", "getPartitionProperties");
        return client.getPartitionProperties(partitionId, { abortSignal });
      })
        .then(
          (answer): PartitionReading => ({
            partitionId,
            properties: toPartitionProperties(answer),
            error: null,
          }),
        )
        .catch(
          (error: unknown): PartitionReading => ({
            partitionId,
            properties: null,
            error: toHubError(error, { ...target, partitionId }),
          }),
        ),
    );
    if (signal.aborted) throw toHubError(signal.reason, target);
    const [first] = partitions;
    if (first?.error && partitions.every(({ error }) => error !== null)) throw first.error;
    return {
      readAt: Date.now(),
      createdOn: hub.createdOn.getTime(),
      isGeoDrEnabled: hub.isGeoDrEnabled,
      partitions,
      requests: partitions.length + 1,
    };
  }

  return {
    async read({ abortSignal } = {}) {
      if (shutdown.signal.aborted) throw closedError(eventHubName);
      const stop = abortController();
      const sources = abortSignal === undefined ? [shutdown.signal] : [shutdown.signal, abortSignal];
      const onAbort = () => stop.abort(sources.find((source) => source.aborted)?.reason);
      for (const source of sources) source.addEventListener("abort", onAbort, { once: true });
      if (abortSignal?.aborted) onAbort();
      current ??= options.openClient?.() ?? createHubClient(options, timeoutMs);
      const client = current;
      try {
        const reading = await read(client, stop.signal);
        if (reading.partitions.some(({ error }) => error !== null && brokenBy.has(error.code)))
          retire(client);
        probe.forget();
        return reading;
      } catch (error) {
        retire(client);
        if (error instanceof AppError && brokenBy.has(error.code)) probe.look(Date.now());
        throw error;
      } finally {
        for (const source of sources) source.removeEventListener("abort", onAbort);
      }
    },
    reach: () => probe.last,
    async close() {
      shutdown.abort(closedError(eventHubName));
      if (current !== null) retire(current);
      await Promise.all(closing);
    },
  };
}

function closedError(eventHubName: string): AppError {
  return new AppError("azureFailed", `The reader of event hub ${eventHubName} was closed.`);
}
