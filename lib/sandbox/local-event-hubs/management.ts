import type { Hubs } from "./addresses.ts";
import { entityNotFound, partitionOutOfRange, serverBusy } from "./amqp-errors.ts";
import type { RequestCounts } from "./counters.ts";
import type { LocalHub } from "./hub.ts";
import { type AmqpError, types } from "./rhea.ts";

export interface Answer {
  status: number;
  error: AmqpError | null;
  body: Record<string, unknown> | null;
}

/** `busyReads`: so many of the next reads are answered as by a busy service. */
export interface ManagementFaults {
  busyReads: number;
}

const string32 = 0xb1;
const refuse = (status: number, error: AmqpError): Answer => ({ status, error, body: null });

export function answerManagement(
  hubs: Hubs,
  request: Record<string, unknown>,
  counts: RequestCounts,
  faults: ManagementFaults,
  now: number,
): Answer {
  const name = String(request.name ?? "");
  const hub = hubs.get(name.toLowerCase());
  if (request.operation !== "READ") {
    return refuse(501, {
      condition: "amqp:not-implemented",
      description: `The operation '${String(request.operation)}' is not known here: only READ is.`,
    });
  }
  if (request.type === "com.microsoft:eventhub") {
    counts.eventHubReads++;
    if (takesBusy(faults)) return refuse(503, serverBusy);
    return hub ? describeHub(hub) : refuse(404, entityNotFound(name));
  }
  if (request.type === "com.microsoft:partition") {
    counts.partitionReads++;
    if (takesBusy(faults)) return refuse(503, serverBusy);
    return hub
      ? describePartition(hub, String(request.partition ?? ""), now)
      : refuse(404, entityNotFound(name));
  }
  return refuse(400, {
    condition: "com.microsoft:argument-error",
    description: `The type '${String(request.type)}' can't be read.`,
  });
}

function takesBusy(faults: ManagementFaults): boolean {
  if (faults.busyReads === 0) return false;
  faults.busyReads -= 1;
  return true;
}

function describeHub(hub: LocalHub): Answer {
  const partitionIds = hub.partitions.map(({ partitionId }) => partitionId);
  const body = {
    name: hub.name,
    type: "com.microsoft:eventhub",
    created_at: types.wrap_timestamp(hub.createdAt),
    partition_count: types.wrap_int(partitionIds.length),
    partition_ids: types.wrap_array(partitionIds, string32, undefined),
    georeplication_factor: types.wrap_int(hub.isGeoReplicated ? 2 : 1),
  };
  return { status: 200, error: null, body };
}

function describePartition(hub: LocalHub, partitionId: string, now: number): Answer {
  const partition = hub.partition(partitionId);
  if (!partition) return refuse(400, partitionOutOfRange(partitionId, hub.partitions.length));
  partition.expire(now);
  const figures = partition.figures();
  const body = {
    name: hub.name,
    type: "com.microsoft:partition",
    partition: partitionId,
    begin_sequence_number: types.wrap_long(figures.beginningSequenceNumber),
    last_enqueued_sequence_number: types.wrap_long(figures.lastEnqueuedSequenceNumber),
    last_enqueued_offset: figures.lastEnqueuedOffset,
    last_enqueued_time_utc: types.wrap_timestamp(figures.lastEnqueuedAt),
    is_partition_empty: figures.isEmpty,
  };
  return { status: 200, error: null, body };
}
