import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import {
  formatAge,
  formatBehind,
  formatCount,
  formatLag,
  formatRate,
  formatShare,
  unknownMark,
} from "#lib/client/format/format.ts";
import { shownChip } from "#lib/client/lag/attention.ts";
import { partitionChip } from "#lib/client/lag/partition-words.ts";
import { chipTone } from "#lib/client/lag/status-words.ts";
import { ownerText, processorOwner } from "#lib/core/holding-owner.ts";
import type { Column } from "./table.ts";

export interface HubGroup {
  hub: string;
  group: ConsumerGroup;
}

export function groupColumns(now: number): Column<HubGroup>[] {
  return [
    { title: "HUB", name: "hub", value: ({ hub }) => hub, isLong: true },
    { title: "GROUP", name: "consumerGroup", value: ({ group }) => group.name, isLong: true },
    { title: "STORE", name: "store", value: ({ group }) => group.store, isWide: true, isLong: true },
    {
      title: "STATUS",
      name: "status",
      value: ({ group }) => group.status,
      text: ({ group }) => shownChip(group).word,
      tone: ({ group }) => chipTone(shownChip(group)),
    },
    {
      title: "LAG",
      name: "totalLag",
      value: ({ group }) => group.totalLag,
      text: ({ group }) => lagOf(group),
      isNumber: true,
    },
    {
      title: "UNKNOWN",
      name: "partitionsUnknown",
      value: ({ group }) => group.partitionsUnknown,
      isNumber: true,
      isWide: true,
    },
    {
      title: "TIME LAG",
      name: "lagSeconds",
      value: ({ group }) => group.lagSeconds,
      text: ({ group }) => formatBehind(group.lagSeconds, group.lagSecondsIsLowerBound),
      isNumber: true,
    },
    rate("IN", "eventsInPerSecond", ({ group }) => group.eventsInPerSecond),
    rate("OUT", "eventsOutPerSecond", ({ group }) => group.eventsOutPerSecond),
    {
      title: "LOST",
      name: "lostEventsTotal",
      value: ({ group }) => group.lostEventsTotal,
      isNumber: true,
      isWide: true,
    },
    {
      title: "OWNED",
      name: "ownedPartitions",
      value: ({ group }) => group.ownedPartitions,
      text: ({ group }) => `${group.ownedPartitions}/${group.partitionCount ?? unknownMark}`,
      isNumber: true,
    },
    {
      title: "CHECKPOINT",
      name: "lastCheckpointAt",
      value: ({ group }) => group.lastCheckpointAt,
      text: ({ group }) => formatAge(group.lastCheckpointAt, now),
    },
    bound("totalLagIsUpperBound", ({ group }) => group.totalLagIsUpperBound),
    bound("lagSecondsIsLowerBound", ({ group }) => group.lagSecondsIsLowerBound),
  ];
}

function rate<Row>(title: string, name: string, value: (row: Row) => number | null): Column<Row> {
  return { title, name, value, text: (row) => formatRate(value(row)), isNumber: true, isWide: true };
}

/** CSV has bare numbers, so whether one is a bound stands beside it. */
export function bound<Row>(name: string, value: (row: Row) => boolean): Column<Row> {
  return { title: name, name, value, isCsvOnly: true };
}

export function lagOf({ totalLag, totalLagIsUpperBound, partitionsUnknown }: ConsumerGroup): string {
  if (totalLag !== null && partitionsUnknown > 0)
    return `${totalLagIsUpperBound ? "≈" : "≥"} ${formatCount(totalLag)}`;
  return formatLag(totalLag, totalLagIsUpperBound);
}

export function partitionColumns(now: number): Column<GroupPartition>[] {
  return [
    { title: "PARTITION", name: "partitionId", value: ({ partitionId }) => partitionId },
    {
      title: "STATUS",
      name: "status",
      value: ({ status }) => status,
      text: (partition) => partitionChip(partition).word,
      tone: (partition) => chipTone(partitionChip(partition)),
    },
    {
      title: "LAG",
      name: "lag",
      value: ({ lag }) => lag,
      text: ({ lag, lagIsUpperBound }) => formatLag(lag, lagIsUpperBound),
      isNumber: true,
    },
    { title: "STATE", name: "lagState", value: ({ lagState }) => lagState },
    {
      title: "TIME LAG",
      name: "lagSeconds",
      value: ({ lagSeconds }) => lagSeconds,
      text: ({ lagSeconds, lagSecondsIsLowerBound }) => formatBehind(lagSeconds, lagSecondsIsLowerBound),
      isNumber: true,
    },
    {
      title: "CHECKPOINT",
      name: "checkpointSequenceNumber",
      value: ({ checkpoint }) => checkpoint?.sequenceNumber,
      isNumber: true,
    },
    {
      title: "CHECKPOINTED",
      name: "checkpointUpdatedAt",
      value: ({ checkpoint }) => checkpoint?.updatedAt,
      text: ({ checkpoint }) => formatAge(checkpoint?.updatedAt ?? null, now),
    },
    {
      title: "BEGINNING",
      name: "beginningSequenceNumber",
      value: (row) => row.beginningSequenceNumber,
      isNumber: true,
      isWide: true,
    },
    {
      title: "LAST",
      name: "lastEnqueuedSequenceNumber",
      value: (row) => row.lastEnqueuedSequenceNumber,
      isNumber: true,
    },
    rate("IN", "eventsInPerSecond", (row) => row.eventsInPerSecond),
    rate("OUT", "eventsOutPerSecond", (row) => row.eventsOutPerSecond),
    {
      title: "RETENTION",
      name: "retentionUsed",
      value: (row) => row.retentionUsed,
      text: (row) => formatShare(row.retentionUsed),
      isNumber: true,
      isWide: true,
    },
    {
      title: "LOST",
      name: "lostEventsTotal",
      value: (row) => row.lostEventsTotal,
      isNumber: true,
      isWide: true,
    },
    {
      title: "OWNER",
      name: "ownerId",
      value: ({ owner }) => processorOwner(owner)?.ownerId,
      text: ({ owner }) => ownerOf(owner),
      isLong: true,
    },
    {
      title: "WHY",
      name: "reason",
      value: ({ reason }) => reason?.message,
      text: ({ reason }) => reason?.message ?? "",
      isLong: true,
      isWide: true,
    },
    bound("lagIsUpperBound", ({ lagIsUpperBound }) => lagIsUpperBound),
    bound("lagSecondsIsLowerBound", ({ lagSecondsIsLowerBound }) => lagSecondsIsLowerBound),
  ];
}

function ownerOf(owner: GroupPartition["owner"]): string {
  if (owner === null) return unknownMark;
  const text = ownerText(owner.ownerId);
  return owner.state === "active" ? text : `${text} (${owner.state})`;
}
