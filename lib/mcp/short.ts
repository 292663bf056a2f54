import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { statuses } from "#lib/api/status.ts";

export const mostListed = 50;

export function shorten<T>(
  list: readonly T[],
  most = mostListed,
): { items: readonly T[]; notListed: number } {
  return { items: list.slice(0, most), notListed: Math.max(0, list.length - most) };
}

export function worstFirst<
  T extends Pick<ConsumerGroup, "status" | "lostEvents"> & { lag?: number | null; totalLag?: number | null },
>(list: readonly T[]): T[] {
  const lagOf = (one: T) => one.totalLag ?? one.lag ?? 0;
  return list.toSorted(
    (a, b) =>
      Number((b.lostEvents ?? 0) > 0) - Number((a.lostEvents ?? 0) > 0) ||
      statuses.indexOf(b.status) - statuses.indexOf(a.status) ||
      lagOf(b) - lagOf(a),
  );
}

const groupFields = [
  "name",
  "store",
  "status",
  "totalLag",
  "totalLagIsUpperBound",
  "lagSeconds",
  "partitionsUnknown",
  "lostEvents",
  "lostEventsTotal",
  "secondsUntilLoss",
  "eventsInPerSecond",
  "eventsOutPerSecond",
  "catchUpSeconds",
  "ownedPartitions",
  "partitionCount",
  "lastCheckpointAt",
  "observedAt",
  "stale",
] as const satisfies readonly (keyof ConsumerGroup)[];

export function ofGroup(group: ConsumerGroup): Pick<ConsumerGroup, (typeof groupFields)[number]> {
  return pick(group, groupFields);
}

function pick<T, Key extends keyof T>(from: T, keys: readonly Key[]): Pick<T, Key> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, Key>;
}

export function ofPartition({
  partitionId,
  lag,
  lagState,
  lagIsUpperBound,
  reason,
  lostEvents,
  lagSeconds,
  status,
  statusReason,
  retentionUsed,
  secondsUntilLoss,
  checkpoint,
  owner,
  beginningSequenceNumber,
  lastEnqueuedSequenceNumber,
}: GroupPartition) {
  return {
    partitionId,
    lag,
    lagState,
    lagIsUpperBound,
    reason: reason?.message ?? null,
    lostEvents,
    lagSeconds,
    status,
    statusReason: statusReason?.message ?? null,
    retentionUsed,
    secondsUntilLoss,
    checkpoint: checkpoint && { sequenceNumber: checkpoint.sequenceNumber, updatedAt: checkpoint.updatedAt },
    owner,
    beginningSequenceNumber,
    lastEnqueuedSequenceNumber,
  };
}
