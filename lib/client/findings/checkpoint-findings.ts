import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { processorOwner } from "#lib/core/holding-owner.ts";
import { countTitle, type Finding, idsOf, isOnItsOwn } from "./finding.ts";

export function withoutCheckpointFindings(group: ConsumerGroupDetail): Finding[] {
  const ids = new Set(group.partitionsWithoutCheckpoint);
  const those = group.partitions.filter(
    (partition) => ids.has(partition.partitionId) && isOnItsOwn(partition),
  );
  if (those.length === 0) return [];
  const waiting = those.reduce((sum, { lag }) => sum + (lag ?? 0), 0);
  const owned = those.filter(({ owner }) => processorOwner(owner)?.state === "active").length;
  return [
    {
      kind: "withoutCheckpoint",
      status: "unknown",
      title: countTitle(those, group.partitions.length, "without a checkpoint"),
      evidence: `The group checkpoints on its other partitions. Here up to ${plural(waiting, "event waits", "events wait")}, and the status is unknown.`,
      next: nextStep(owned, those.length),
      partitionIds: idsOf(those),
    },
  ];
}

function nextStep(owned: number, all: number): string {
  if (owned === all)
    return "Check the owners' logs for a handler that fails on the first event or never checkpoints: without a checkpoint, each restart uses the configured start position.";
  const it = all === 1 ? "it" : "them";
  const free = all - owned;
  const who = owned === 0 ? (all === 1 ? "It" : "They") : `${formatCount(free)} of them`;
  return `${who} ${free === 1 ? "has" : "have"} no owner: start more processors, or check their logs if they do not claim ${it}.`;
}
