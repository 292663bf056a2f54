import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import { withoutCheckpointFindings } from "./checkpoint-findings.ts";
import { type Finding, isOnItsOwn } from "./finding.ts";
import { hotFindings, slowFindings } from "./imbalance-findings.ts";
import { lagStateFindings, lostFindings } from "./lag-state-findings.ts";
import { losingUnreadFindings, lossFindings } from "./loss-findings.ts";
import { statusFindings } from "./status-findings.ts";

export function groupFindings(group: ConsumerGroupDetail): Finding[] {
  const { partitions } = group;
  const without = new Set(group.partitionsWithoutCheckpoint);
  const others = partitions.filter(({ partitionId }) => !without.has(partitionId));
  const own = partitions.filter(isOnItsOwn);
  return [
    ...lossFindings(partitions),
    ...lostFindings(group),
    ...losingUnreadFindings(group),
    ...lagStateFindings(partitions, ["ahead", "unreadable"]),
    ...statusFindings(group),
    ...lagStateFindings(partitions, ["unknown"]),
    ...withoutCheckpointFindings(group),
    ...hotFindings(own),
    ...slowFindings(own),
    ...lagStateFindings(others, ["noCheckpoint"]),
  ];
}
