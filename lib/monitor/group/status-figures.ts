import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { LagState, Status } from "#lib/api/status.ts";
import { mostListed } from "#lib/core/figures.ts";
import { largest } from "#lib/core/known.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import { toIso } from "#lib/core/time.ts";
import { groupStatus } from "#lib/lag/status.ts";
import type { ObservedPartition } from "./observe-group-partition.ts";
import { type UnknownIn, unknownPartitions } from "./unknown-partitions.ts";

/** A group's status, and why it is unknown. Partitions that wait for their first event don't make it so. */
export function statusFigures(observed: readonly ObservedPartition[], known: UnknownIn) {
  const partitions = observed.map(({ partition }) => partition);
  const counted = observed.filter((each) => !each.awaitsFirstEvent).map(({ partition }) => partition);
  const onlyAwaiting = counted.length === 0 && observed.length > 0;
  const status = onlyAwaiting ? "ok" : groupStatus(counted.map((each) => each.status));
  const cause = causesOf(status === "unknown" ? counted : []);
  const inStatus = partitions.filter((partition) => partition.status === status);
  return {
    status,
    statusPartitions: inStatus.length,
    statusPartitionIds: namedOf(status, inStatus, partitions.length),
    stalledPartitions: partitions.filter((partition) => partition.status === "stall").length,
    statusCheckpointAt: lastCheckpointAt(inStatus),
    statusCause: cause[0]?.lagState ?? null,
    statusCausePartitions: cause.length,
    ...unknownPartitions(counted, known),
  } satisfies Partial<ConsumerGroup>;
}

function namedOf(status: Status, those: readonly GroupPartition[], all: number): string[] {
  if (status === "ok" || those.length >= all) return [];
  return those.slice(0, mostListed).map(({ partitionId }) => partitionId);
}

/** A reset's checkpoint is not the group's own. */
function lastCheckpointAt(partitions: readonly GroupPartition[]): string | null {
  return toIso(
    largest(
      partitions.map(({ checkpoint }) =>
        checkpoint === null || isOwnWrite(checkpoint.writtenBy) ? null : Date.parse(checkpoint.updatedAt),
      ),
    ),
  );
}

/**
 * Gravest first: one unreadable checkpoint stops all of a group's processors
 * (lib/checkpoint-store/README.md#what-stops-whom).
 */
const causes: readonly LagState[] = ["ahead", "unreadable", "unknown", "noCheckpoint"];

function causesOf(partitions: readonly GroupPartition[]): GroupPartition[] {
  const unknown = partitions.filter(({ status }) => status === "unknown");
  const cause = causes.find((each) => unknown.some(({ lagState }) => lagState === each));
  return unknown.filter(({ lagState }) => lagState === cause);
}
