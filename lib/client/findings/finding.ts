import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { Status } from "#lib/api/status.ts";
import { plural } from "#lib/client/format/format.ts";
import { holdingReset } from "#lib/client/lag/holding-reset.ts";

export interface Finding {
  kind: string;
  status: Status;
  title: string;
  evidence: string;
  next: string | null;
  partitionIds: string[];
  /** Whose next event may be what their owners fail on. */
  suspects?: string[];
}

export function countTitle(those: readonly GroupPartition[], all: number, what: string): string {
  const [only] = those;
  if (only !== undefined && those.length === 1) return `Partition ${only.partitionId} ${what}`;
  const every = those.length === all && all > 1 ? "All " : "";
  return `${every}${plural(those.length, "partition")} ${what}`;
}

/** What a partition seems to do while a live reset holds it is the reset's doing. A loss is one all the same. */
export function isOnItsOwn(partition: GroupPartition): boolean {
  return holdingReset(partition) === null;
}

export function idsOf(partitions: readonly GroupPartition[]): string[] {
  return partitions.map(({ partitionId }) => partitionId);
}

export function furthestBehind(partitions: readonly GroupPartition[]): GroupPartition | undefined {
  return partitions.reduce<GroupPartition | undefined>(
    (most, each) => ((each.lag ?? -1) > (most?.lag ?? -1) || most === undefined ? each : most),
    undefined,
  );
}
