import type { Duplex } from "node:stream";
import { encodeLocal, type LocalEvent } from "./local-event-hubs/append.ts";
import {
  type Listener,
  listenPlain,
  listenTls,
  listenWebSockets,
} from "./local-event-hubs/connection/listeners.ts";
import { addMechanisms } from "./local-event-hubs/connection/sasl.ts";
import { sharedAccess } from "./local-event-hubs/connection/tokens.ts";
import { serveConnection } from "./local-event-hubs/connection-server.ts";
import { noRequests, type RequestCounts } from "./local-event-hubs/counters.ts";
import { LocalHub } from "./local-event-hubs/hub.ts";
import type { ManagementFaults } from "./local-event-hubs/management.ts";
import { checkOptions, type LocalEventHubsOptions } from "./local-event-hubs/options.ts";
import type { PartitionFigures, PartitionLog } from "./local-event-hubs/partition-log.ts";
import type { SlotFaults } from "./local-event-hubs/reader-slots.ts";
import { acceptSocket, createContainer } from "./local-event-hubs/rhea.ts";

export type { LocalEventHubsOptions };

/**
 * `dropConnections` cuts all like a network fault; clients may return at once. `append` and `partition` need
 * no client and throw a RangeError for an unknown hub or partition. `lingerLevels` simulates a service fault:
 * for this long the owner level of a reader with a cut connection still counts and lower levels are refused.
 * The default is 0; readers that end from now on are affected. `beBusy` answers so many of the next reads of
 * properties as a busy service does.
 */
export interface LocalEventHubs {
  port: number;
  tlsPort: number | null;
  webSocketPort: number | null;
  connectionString: string;
  stop(): Promise<void>;
  dropConnections(): void;
  append(eventHubName: string, partitionId: string, events: readonly LocalEvent[]): void;
  partition(eventHubName: string, partitionId: string): PartitionFigures;
  trim(eventHubName: string, partitionId: string, sequenceNumber: number): void;
  remove(eventHubName: string, partitionId: string, sequenceNumbers: readonly number[]): void;
  readers(eventHubName: string, consumerGroup: string, partitionId: string): number;
  lingerLevels(seconds: number): void;
  beBusy(reads: number): void;
  requests(): RequestCounts;
}

const connectionOptions = { tcp_no_delay: true, idle_time_out: 120_000, max_frame_size: 65_536 };
const expireEveryMs = 1000;

/**
 * Starts a local Event Hubs endpoint for unmodified client libraries: AMQP 1.0 over plain TCP on loopback,
 * optionally over TLS and WebSockets. Events stay in memory within each hub's retention.
 * @throws RangeError for invalid options; Error if the port is in use.
 */
export async function startLocalEventHubs(options: LocalEventHubsOptions): Promise<LocalEventHubs> {
  checkOptions(options);
  const { host = "127.0.0.1", onFault = console.error } = options;
  const now = Date.now();
  const faults: SlotFaults & ManagementFaults = { lingeringLevelMs: 0, busyReads: 0 };
  const hubs = new Map(
    options.eventHubs.map((hub) => [hub.name.toLowerCase(), new LocalHub(hub, now, faults)]),
  );
  const counts = noRequests();
  const sockets = new Set<Duplex>();
  const container = createContainer({
    id: "local-event-hubs",
    receiver_options: { autoaccept: false, credit_window: 1000 },
  });
  addMechanisms(container);
  container.on("error", onFault);
  container.on("protocol_error", onFault);

  function serve(socket: Duplex): void {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    serveConnection(acceptSocket(container, socket, connectionOptions), hubs, counts, faults);
  }
  const listeners = await listenAll({ ...options, host }, serve);
  const expiry = setInterval(() => {
    for (const hub of hubs.values()) hub.expire(Date.now());
  }, expireEveryMs).unref();

  function partitionOf(eventHubName: string, partitionId: string): PartitionLog {
    const partition = hubs.get(eventHubName.toLowerCase())?.partition(partitionId);
    if (!partition) throw new RangeError(`There is no partition "${partitionId}" in hub "${eventHubName}".`);
    return partition;
  }
  function dropConnections(): void {
    // With an error: on a plain close rhea keeps its timers.
    for (const socket of sockets) socket.destroy(new Error("the endpoint closed the connection"));
  }
  let stopped: Promise<void> | null = null;

  return {
    port: listeners.plain.port,
    tlsPort: listeners.tls?.port ?? null,
    webSocketPort: listeners.webSockets?.port ?? null,
    connectionString: `Endpoint=sb://localhost:${listeners.plain.port};SharedAccessKeyName=${sharedAccess.keyName};SharedAccessKey=${sharedAccess.key};UseDevelopmentEmulator=true;`,
    dropConnections,
    stop() {
      if (stopped) return stopped;
      clearInterval(expiry);
      stopped = closeAll(listeners);
      dropConnections();
      return stopped;
    },
    append(eventHubName, partitionId, events) {
      const partition = partitionOf(eventHubName, partitionId);
      for (const event of events) partition.append([encodeLocal(event)], event.enqueuedAt ?? Date.now());
    },
    partition(eventHubName, partitionId) {
      const partition = partitionOf(eventHubName, partitionId);
      partition.expire(Date.now());
      return partition.figures();
    },
    trim: (eventHubName, partitionId, sequenceNumber) =>
      partitionOf(eventHubName, partitionId).trim(sequenceNumber),
    remove: (eventHubName, partitionId, sequenceNumbers) =>
      partitionOf(eventHubName, partitionId).remove(sequenceNumbers),
    readers: (eventHubName, consumerGroup, partitionId) =>
      hubs.get(eventHubName.toLowerCase())?.slots(consumerGroup, partitionId).size ?? 0,
    lingerLevels: (seconds) => {
      faults.lingeringLevelMs = seconds * 1000;
    },
    beBusy: (reads) => {
      faults.busyReads = reads;
    },
    requests: () => ({ ...counts }),
  };
}

interface Listeners {
  plain: Listener;
  tls: Listener | null;
  webSockets: Listener | null;
}

async function listenAll(
  { port = 0, host, tls, tlsPort = 0, webSocketPort }: LocalEventHubsOptions & { host: string },
  serve: (socket: Duplex) => void,
): Promise<Listeners> {
  const open: Listener[] = [];
  const keep = async (listening: Promise<Listener>): Promise<Listener> => {
    const listener = await listening;
    open.push(listener);
    return listener;
  };
  try {
    return {
      plain: await keep(listenPlain({ port, host, name: "port" }, serve)),
      tls: tls ? await keep(listenTls({ port: tlsPort, host, name: "tlsPort" }, tls, serve)) : null,
      webSockets:
        webSocketPort === undefined
          ? null
          : await keep(
              listenWebSockets({ port: webSocketPort, host, name: "webSocketPort" }, tls ?? null, serve),
            ),
    };
  } catch (error) {
    await Promise.all(open.map((listener) => listener.close()));
    throw error;
  }
}

async function closeAll({ plain, tls, webSockets }: Listeners): Promise<void> {
  await Promise.all([plain, tls, webSockets].map((listener) => listener?.close()));
}
