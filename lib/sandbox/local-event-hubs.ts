import { createServer, type Server, type Socket } from "node:net";
import { encodeLocal, type LocalEvent } from "./local-event-hubs/append.ts";
import { serveConnection } from "./local-event-hubs/connection-server.ts";
import { noRequests, type RequestCounts } from "./local-event-hubs/counters.ts";
import { LocalHub } from "./local-event-hubs/hub.ts";
import { checkOptions, type LocalEventHubsOptions } from "./local-event-hubs/options.ts";
import type { PartitionFigures, PartitionLog } from "./local-event-hubs/partition-log.ts";
import type { SlotFaults } from "./local-event-hubs/reader-slots.ts";
import { acceptSocket, createContainer } from "./local-event-hubs/rhea.ts";
import { addMechanisms } from "./local-event-hubs/sasl.ts";

export type { LocalEventHubsOptions };

export interface LocalEventHubs {
  port: number;
  /** For any client library, with the hub's name beside it. */
  connectionString: string;
  /** Closes every connection and stops listening. May be called again. */
  stop(): Promise<void>;
  /** Cuts every connection, as a network fault would; clients may come back at once. */
  dropConnections(): void;
  /** Stores events without a client. @throws RangeError for an unknown hub or partition. */
  append(eventHubName: string, partitionId: string, events: readonly LocalEvent[]): void;
  /** A partition's figures, without a client. @throws RangeError for an unknown hub or partition. */
  partition(eventHubName: string, partitionId: string): PartitionFigures;
  /** Lets go of a partition's events before `sequenceNumber`, as retention does in time. */
  trim(eventHubName: string, partitionId: string, sequenceNumber: number): void;
  /** Takes single events out, as compaction does: a gap in the sequence numbers. */
  remove(eventHubName: string, partitionId: string, sequenceNumbers: readonly number[]): void;
  /** Receivers attached to a partition in a group. */
  readers(eventHubName: string, consumerGroup: string, partitionId: string): number;
  /**
   * A fault of the service: for so long it keeps to the owner level of a reader whose connection was cut, and
   * refuses readers of lower levels. 0, the default: not at all. Counts for readers that end from now on.
   */
  lingerLevels(seconds: number): void;
  /** What clients have asked for so far; a copy. */
  requests(): RequestCounts;
}

const connectionOptions = { tcp_no_delay: true, idle_time_out: 120_000, max_frame_size: 65_536 };
const expireEveryMs = 1000;

/**
 * A local Event Hubs endpoint: AMQP 1.0 over plain TCP on loopback, for client libraries as they are. Events live
 * in memory as long as each hub's retention says.
 * @throws RangeError for options that can't be; Error where the port is in use.
 */
export async function startLocalEventHubs(options: LocalEventHubsOptions): Promise<LocalEventHubs> {
  checkOptions(options);
  const { port: wantedPort = 0, host = "127.0.0.1", onFault = console.error } = options;
  const now = Date.now();
  const faults: SlotFaults = { lingeringLevelMs: 0 };
  const hubs = new Map(
    options.eventHubs.map((hub) => [hub.name.toLowerCase(), new LocalHub(hub, now, faults)]),
  );
  const counts = noRequests();
  const sockets = new Set<Socket>();
  const container = createContainer({
    id: "local-event-hubs",
    receiver_options: { autoaccept: false, credit_window: 1000 },
  });
  addMechanisms(container);
  container.on("error", onFault);
  container.on("protocol_error", onFault);

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    serveConnection(acceptSocket(container, socket, connectionOptions), hubs, counts);
  });
  const port = await listen(server, wantedPort, host);
  const expiry = setInterval(() => {
    for (const hub of hubs.values()) hub.expire(Date.now());
  }, expireEveryMs).unref();

  function partitionOf(eventHubName: string, partitionId: string): PartitionLog {
    const partition = hubs.get(eventHubName.toLowerCase())?.partition(partitionId);
    if (!partition) throw new RangeError(`There is no partition "${partitionId}" in hub "${eventHubName}".`);
    return partition;
  }
  function dropConnections(): void {
    // With an error, because rhea clears its timers on that and on the peer's end, not on a plain close.
    for (const socket of sockets) socket.destroy(new Error("the endpoint closed the connection"));
  }
  let stopped: Promise<void> | null = null;

  return {
    port,
    connectionString: `Endpoint=sb://localhost:${port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;`,
    dropConnections,
    stop() {
      stopped ??= new Promise((resolve) => {
        clearInterval(expiry);
        server.close(() => resolve());
        dropConnections();
      });
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
    requests: () => ({ ...counts }),
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      const message = isTaken
        ? `Port ${port} on ${host} is in use: stop what listens there, or choose another port for the local Event Hubs (0 takes a free one).`
        : `The local Event Hubs can't listen on ${host}:${port}: ${error.message}`;
      reject(new Error(message, { cause: error }));
    });
    server.listen({ port, host }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}
