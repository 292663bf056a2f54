import type { EpochMs } from "#lib/core/time.ts";
import type { TlsMaterial } from "./connection/listeners.ts";
import type { Retention } from "./partition-log.ts";

/**
 * `consumerGroups` come besides `$Default` and match without case. `retention` defaults to an hour, 10,000
 * events and 8 MiB, whichever comes first. A geo-replicated hub reports itself as such and refuses
 * `lastEnqueuedOffset` as a start: its events' offsets name the replica too.
 */
export interface LocalEventHubOptions {
  name: string;
  partitionCount: number;
  consumerGroups?: readonly string[];
  retention?: Partial<Retention>;
  createdAt?: EpochMs;
  firstSequenceNumber?: number;
  isGeoReplicated?: boolean;
}

/**
 * `tls` opens a TLS listener (`amqps`) and serves WebSockets within TLS. `webSocketPort` opens a listener for
 * AMQP over WebSockets; 0: any free port.
 */
export interface LocalEventHubsOptions {
  eventHubs: readonly LocalEventHubOptions[];
  port?: number;
  tls?: TlsMaterial;
  tlsPort?: number;
  webSocketPort?: number;
  host?: string;
  onFault?: (error: unknown) => void;
}

const maxPartitionCount = 1024;

const defaultRetention: Retention = {
  seconds: 3600,
  eventsPerPartition: 10_000,
  bytesPerPartition: 8 * 1024 * 1024,
};

export const retentionOf = (options: LocalEventHubOptions): Retention => ({
  ...defaultRetention,
  ...options.retention,
});

const loopbackHosts = new Set(["127.0.0.1", "localhost", "::1"]);

export function checkOptions({ eventHubs, host = "127.0.0.1", tls, tlsPort }: LocalEventHubsOptions): void {
  const problems: string[] = [];
  if (tlsPort !== undefined && !tls) {
    problems.push("tlsPort needs tls: a key and a certificate, such as makeCertificate makes");
  }
  if (!loopbackHosts.has(host)) {
    problems.push(`host "${host}" is not a loopback address: use ${[...loopbackHosts].join(", ")}`);
  }
  const names = new Set<string>();
  for (const { name, partitionCount, firstSequenceNumber = 0 } of eventHubs) {
    if (!/^[\w.-]+$/.test(name)) problems.push(`"${name}" can't be an event hub's name`);
    if (names.has(name.toLowerCase())) problems.push(`event hub "${name}" is there twice`);
    names.add(name.toLowerCase());
    if (!Number.isInteger(partitionCount) || partitionCount < 1 || partitionCount > maxPartitionCount) {
      problems.push(
        `event hub "${name}": partitionCount ${partitionCount} is not within 1 and ${maxPartitionCount}`,
      );
    }
    if (!Number.isSafeInteger(firstSequenceNumber) || firstSequenceNumber < 0) {
      problems.push(
        `event hub "${name}": firstSequenceNumber ${firstSequenceNumber} is not an integer from 0 up`,
      );
    }
  }
  if (problems.length > 0) throw new RangeError(`The local Event Hubs can't start: ${problems.join("; ")}.`);
}
