import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { countTitle, type Finding, idsOf } from "./finding.ts";

/** Partitions that a group has no checkpoint on, though it checkpoints on others and events wait there. */
export function withoutCheckpointFindings(group: ConsumerGroupDetail): Finding[] {
  const ids = new Set(group.partitionsWithoutCheckpoint);
  const those = group.partitions.filter(({ partitionId }) => ids.has(partitionId));
  if (those.length === 0) return [];
  const waiting = those.reduce((sum, { lag }) => sum + (lag ?? 0), 0);
  const owned = those.filter(({ owner }) => owner?.state === "active").length;
  return [
    {
      kind: "withoutCheckpoint",
      status: "unknown",
      title: countTitle(those, group.partitions.length, "without a checkpoint"),
      evidence: `The group checkpoints on its other partitions. Here up to ${plural(waiting, "event waits", "events wait")}, and how it does is not known.`,
      next: nextStep(owned, those.length),
      partitionIds: idsOf(those),
    },
  ];
}

function nextStep(owned: number, all: number): string {
  if (owned === all)
    return "Look in the owners' logs for a handler that fails on the first event there, or that never checkpoints: until it does, each restart begins where the processors are told to begin.";
  const it = all === 1 ? "it" : "them";
  const free = owned === 0 ? it : `${formatCount(all - owned)} of them`;
  return `Nobody owns ${free}: start more processors, or see in their logs why they do not claim ${it}.`;
}
