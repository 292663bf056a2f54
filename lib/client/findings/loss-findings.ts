import type { ConsumerGroupDetail, GroupPartition } from "#lib/api/consumer-group.ts";
import { formatCount, formatDuration } from "#lib/client/format/format.ts";
import { foreseenLoss, isAboutToLose } from "#lib/client/lag/status-words.ts";
import { countTitle, type Finding, idsOf } from "./finding.ts";

export function lossFindings(partitions: readonly GroupPartition[]): Finding[] {
  const those = partitions
    .filter((partition) => foreseenLoss(partition) !== null)
    .sort((a, b) => (a.secondsUntilLoss ?? 0) - (b.secondsUntilLoss ?? 0));
  const [first] = those;
  const position = first?.checkpoint?.sequenceNumber ?? null;
  const begin = first?.beginningSequenceNumber ?? null;
  if (first === undefined || position === null || begin === null) return [];
  const next = Math.max(position + 1, begin);
  return [
    {
      kind: "aboutToLose",
      status: isAboutToLose(first) ? "stop" : "warn",
      title: `Events will be lost in ${formatDuration(first.secondsUntilLoss)}`,
      evidence: `The next event to read on partition ${first.partitionId} is ${formatCount(next)}. Retention has deleted everything before ${formatCount(begin)}, and deletes faster than the group reads.`,
      next: `${firstStep(those)} Deleted events can't be read. A longer retention of the hub gains time.`,
      partitionIds: idsOf(those),
    },
  ];
}

/** Where no checkpoint tells how many events that is. */
export function losingUnreadFindings({ partitions, partitionsLosingUnread }: ConsumerGroupDetail): Finding[] {
  const ids = new Set(partitionsLosingUnread);
  const those = partitions.filter(({ partitionId }) => ids.has(partitionId));
  if (those.length === 0) return [];
  return [
    {
      kind: "losingUnread",
      status: "warn",
      title: countTitle(those, partitions.length, "losing events to retention"),
      evidence:
        "Retention deletes events where the group has no checkpoint: as far as can be told, nobody has read them.",
      next: "Start the group's processors, or make them checkpoint.",
      partitionIds: idsOf(those),
    },
  ];
}

function firstStep(those: readonly GroupPartition[]): string {
  const are = (status: GroupPartition["status"]) => those.every((each) => each.status === status);
  if (are("stall")) return "Fix the handler now, or skip the event that it fails on.";
  if (are("stop")) return "Start the processors now, or find out why they hang.";
  return "Start or speed up the processors now.";
}
