import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { fromStored } from "#lib/api/reasons/reason.ts";
import type { Stall } from "#lib/reset/group/place.ts";

/** Reads off a refresh's verdict whether a partition stands still although events wait. */
export function stallOf(
  partition: Pick<GroupPartition, "status" | "statusReason" | "checkpoint"> | undefined,
): Stall | null {
  const why = fromStored(partition?.statusReason);
  if (partition?.status === "stall" && why?.code === "stalled") {
    const { checkpoints, sequenceNumber, from } = why.params;
    return { checkpoints, sequenceNumber, since: Date.parse(from) };
  }
  if (partition?.status === "stop" && why?.code === "silent") {
    const { since } = why.params;
    const sequenceNumber = partition.checkpoint?.sequenceNumber ?? null;
    return { checkpoints: 0, sequenceNumber, since: Date.parse(since) };
  }
  return null;
}
