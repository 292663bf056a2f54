import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount, formatRate, formatShare, plural } from "#lib/client/format/format.ts";
import { processorOwner } from "#lib/core/holding-owner.ts";
import { hotPartitions, slowPartitions } from "#lib/lag/pace/outliers.ts";
import { type Finding, idsOf } from "./finding.ts";

export function hotFindings(partitions: readonly GroupPartition[]): Finding[] {
  const hot = hotPartitions(partitions);
  const [hottest] = hot;
  if (hottest === undefined) return [];
  return [
    {
      kind: "hotPartition",
      status: "warn",
      title: `${hot.length === 1 ? "1 partition is" : `${formatCount(hot.length)} partitions are`} hot`,
      evidence: `Partition ${hottest.partitionId} gets ${formatRate(hottest.inPerSecond)}; the others get about ${formatRate(hottest.usualPerSecond)}.`,
      next: "Check the partition key of the producers: all events of one key go to one partition, which only one processor can read.",
      partitionIds: hot.map(({ partitionId }) => partitionId),
    },
  ];
}

/** Partitions read more slowly than the others. Stopped ones are told by their status. */
export function slowFindings(partitions: readonly GroupPartition[]): Finding[] {
  const slow = slowPartitions(partitions.filter(({ status }) => status !== "stop" && status !== "stall"));
  const [slowest] = slow;
  if (slowest === undefined) return [];
  const owners = new Set(
    slow.map(({ owner }) => (processorOwner(owner)?.state === "active" ? (owner?.ownerId ?? "") : "")),
  );
  const [owner = ""] = owners;
  const isOnes = owners.size === 1 && owner !== "";
  const { eventsInPerSecond: into = 1, eventsOutPerSecond: out = 0 } = slowest.pace ?? {};
  return [
    {
      kind: "slowConsumer",
      status: "warn",
      title: `${plural(slow.length, "partition is", "partitions are")} read too slowly`,
      evidence:
        `Partition ${slowest.partitionId} gets ${formatRate(into)}, and ${formatShare(out / into)} of that is processed. The other partitions keep up.` +
        (isOnes && slow.length > 1 ? ` One owner reads all of them: ${showText(owner)}.` : ""),
      next: isOnes
        ? `Check ${showText(owner)}: its machine, and what is special about its events.`
        : "Check what is special about the events of these partitions, and the machines that read them.",
      partitionIds: idsOf(slow),
    },
  ];
}
