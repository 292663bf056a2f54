import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { stopEverybody } from "#lib/api/reasons/whom-blobs-stop.ts";
import { listIds } from "#lib/client/findings/list-ids.ts";
import {
  formatAgo,
  formatBehind,
  formatCount,
  formatDuration,
  formatLag,
  formatShare,
  plural,
  secondsSince,
} from "#lib/client/format/format.ts";
import { fewNamed, partitionsNamed } from "#lib/core/figures.ts";
import { heldByReset, heldPartitions, unownedPartitions } from "./held-partitions.ts";
import { isLosing, lossesOf, ofRetained } from "./losses.ts";
import {
  type Chip,
  type ChipTone,
  chipTone,
  foreseenLoss,
  groupChip,
  isAboutToLose,
  isFarBehind,
  isGrowing,
  isMatterOfTime,
  notKnownYet,
  notResumedIn,
  paceChip,
  urgencyOf,
  worstStatus,
} from "./status-words.ts";
import type { HubGroup } from "./totals.ts";

export type Part = string | { strong: string } | { since: string } | { ago: string };

export interface AttentionItem extends HubGroup {
  chip: Chip;
  parts: Part[];
}

// From here on people should know how close the group is to loss, even if the beginning does not come closer.
const nearlyLost = 0.8;

function ownersPhrase(group: ConsumerGroup): string {
  const { ownedPartitions: owned, partitionCount: all } = group;
  const held = heldPartitions(group);
  if (held > 0 && held === all) return "a live reset holds its partitions";
  if (owned === 0) return "nobody owns its partitions";
  if (all === null || owned >= all) return "all its partitions have an owner";
  const paused = held > 0 ? `, and a live reset holds ${formatCount(held)}` : "";
  return `${formatCount(owned)} of ${formatCount(all)} partitions have an owner${paused}`;
}

function onSome({ statusPartitions: some, statusPartitionIds: ids, partitionCount: all }: ConsumerGroup) {
  if (all === null || some >= all) return "";
  if (ids.length > 0 && ids.length === some) return ` on ${partitionsNamed(ids)}`;
  const few = ids.length === 0 ? "" : ` (${ids.slice(0, fewNamed).join(", ")} …)`;
  return ` on ${formatCount(some)} of ${formatCount(all)} partitions${few}`;
}

function stopped(group: ConsumerGroup): Part[] {
  const { statusCheckpointAt: since } = group;
  if (since === null) return [` has stopped${onSome(group)} and `];
  return [" has not checkpointed for ", { since }, `${onSome(group)} and `];
}

function byStatus(group: ConsumerGroup): Part[] | null {
  const behind = { strong: `${formatLag(group.totalLag, group.totalLagIsUpperBound)} events` };
  switch (group.status) {
    case "stop":
      return [...stopped(group), ownersPhrase(group), ". Lag: ", behind, "."];
    case "stall":
      return [
        ` is stuck at one position${onSome(group)} while events wait, and `,
        ownersPhrase(group),
        ". Lag: ",
        behind,
        ".",
      ];
    case "rewind":
      return [
        ` went back to an earlier position${onSome(group)} and has not caught up with the old one. Lag: `,
        behind,
        ".",
      ];
    case "warn": {
      const perMinute = Math.round((group.lagChangePerSecond ?? 0) * 60);
      if (perMinute <= 0) return [` is not catching up${onSome(group)}. Lag: `, behind, "."];
      return [
        " is falling behind by ",
        { strong: `${plural(perMinute, "event")} a minute` },
        ". Lag: ",
        behind,
        ".",
      ];
    }
    case "unknown":
      return byCause(group);
    default:
      return null;
  }
}

function byCause(group: ConsumerGroup): Part[] | null {
  if (group.statusCause === "unreadable") {
    return [" has unreadable checkpoints, so its lag is not known."];
  }
  if (group.statusCause === "ahead") {
    return [
      " has checkpoints of another stream: the event hub was re-created, or its name leads to another namespace now. Processors fail on the old offsets, or skip events.",
    ];
  }
  const hasNone = group.lastCheckpointAt === null && !isMatterOfTime(group);
  if (group.statusCause === "noCheckpoint" && hasNone && group.owners.length > 0) {
    return [" has owners but has never checkpointed."];
  }
  return null;
}

const fewIds = 6;

function withoutCheckpoint(group: ConsumerGroup): Part[] {
  const { partitionsWithoutCheckpoint: ids, totalLag, measuredLag } = group;
  if (ids.length === 0) return [];
  const where = `partition${ids.length === 1 ? "" : "s"} ${listIds(ids, fewIds)}`;
  const most = (totalLag ?? 0) - (measuredLag ?? 0);
  return [` It has no checkpoint on ${where}, where up to `, { strong: plural(most, "event") }, " may wait."];
}

function notResumed(group: ConsumerGroup): Part[] {
  const ids = notResumedIn(group);
  const why = group.notes.find(({ code }) => code === "partitionsNotResumed");
  const since = why?.params.writtenAt;
  if (ids.length === 0 || typeof since !== "string") return [];
  const where = `partition${ids.length === 1 ? "" : "s"} ${listIds(ids, fewIds)}`;
  return [` It has not resumed ${where} since the reset `, { ago: since }, "."];
}

function extras(group: ConsumerGroup): Part[] {
  const parts: Part[] = [...withoutCheckpoint(group), ...notResumed(group)];
  const blocking = group.notes.find(({ code }) => code === "blockingBlobs");
  if (blocking !== undefined) {
    const { partitionIds: ids } = blocking;
    parts.push(
      ...(ids.length === 0
        ? [" Invalid blobs that belong to no partition"]
        : [" Invalid blobs of ", { strong: partitionsNamed(ids) }]),
      ` ${stopEverybody(2)}.`,
    );
  }
  const losing = group.partitionsLosingUnread;
  if (losing.length > 0) {
    const where = `${losing.length === 1 ? "partition" : "partitions"} ${listIds(losing, fewIds)}`;
    parts.push(` Retention deletes unread events of ${where}, where the group has no checkpoint.`);
  }
  const loss = foreseenLoss(group);
  if (isLosing(group)) parts.push(...lost(group));
  if (loss !== null) {
    parts.push(" Unread events will be lost in ", { strong: formatDuration(loss) }, ".");
  } else if (isLosing(group)) {
    return parts;
  } else if ((group.retentionUsed ?? 0) >= nearlyLost) {
    parts.push(" ", { strong: formatShare(group.retentionUsed) }, ` ${ofRetained(group)}.`);
  }
  return parts;
}

function lost(group: ConsumerGroup): Part[] {
  const losses = lossesOf(group);
  if (losses === null) return [];
  const { events, since } = losses;
  const strong = plural(events, "event");
  return since === null
    ? [" ", { strong }, ` past its checkpoints ${events === 1 ? "is" : "are"} deleted.`]
    : [
        " In the last ",
        { since },
        " retention deleted ",
        { strong },
        ` before ${events === 1 ? "it was" : "they were"} checkpointed.`,
      ];
}

function gap(group: ConsumerGroup): Part[] | null {
  const { ownedPartitions: owned, unownedPartitionIds: ids = [] } = group;
  const free = unownedPartitions(group);
  if (owned === 0 || free === null || free === 0) return null;
  const few = ids.length === 0 ? "" : ` (${ids.slice(0, fewNamed).join(", ")} …)`;
  return [
    " runs, but ",
    { strong: ids.length === free ? partitionsNamed(ids) : `${plural(free, "partition")}${few}` },
    free === 1 ? " has no owner." : " have no owner.",
  ];
}

function gone(since: string): Part[] {
  return [" is gone: all its blobs were deleted ", { ago: since }, "."];
}

function plain(group: ConsumerGroup): Part[] {
  if (group.status === "unknown" && !isMatterOfTime(group) && group.lastCheckpointAt !== null) {
    return [" is only partly known."];
  }
  if (group.status === "unknown" && notResumedIn(group).length > 0) {
    return [
      " has a lag of ",
      { strong: `${formatLag(group.totalLag, group.totalLagIsUpperBound)} events` },
      ".",
    ];
  }
  if (group.status === "unknown") {
    const behind = { strong: `${formatLag(group.totalLag, group.totalLagIsUpperBound)} events` };
    if (!isMatterOfTime(group)) return [" has never checkpointed. Its lag is ", behind, "."];
    if (heldPartitions(group) > 0) return [" has a lag of ", behind, "."];
    return [" has a lag of ", behind, "; its status is not known yet."];
  }
  if (isGrowing(group)) return [" is ", howFar(group), " behind, and the lag is growing."];
  const chip = paceChip(group);
  if (chip.word === notKnownYet.word)
    return [" is ", howFar(group), " behind, and its pace is not known yet."];
  return isFarBehind(chip) ? [" is being read, ", howFar(group), " behind."] : [" has caught up."];
}

function howFar({ lagSeconds, lagSecondsIsLowerBound, totalLag, totalLagIsUpperBound }: ConsumerGroup): Part {
  if (lagSeconds !== null) return { strong: formatBehind(lagSeconds, lagSecondsIsLowerBound) };
  return { strong: `${formatLag(totalLag, totalLagIsUpperBound)} events` };
}

function nearestLoss(group: ConsumerGroup): number {
  return isAboutToLose(group) ? (group.secondsUntilLoss ?? 0) : 0;
}

function attentionChip(group: ConsumerGroup): Chip {
  const chip = groupChip(group);
  const free = unownedPartitions(group);
  const isGap = byStatus(group) === null && gap(group) !== null;
  // That partitions have no owner is known, and is what is said, while its pace is not known yet.
  if (chip.status !== "ok" && !(isGap && chip.word === notKnownYet.word)) return chip;
  if ((group.lostEvents ?? 0) > 0) return { status: "stop", word: "Events lost" };
  if (isGap) {
    return { status: "warn", word: `${formatCount(free)} of ${formatCount(group.partitionCount)} unowned` };
  }
  return { status: "warn", word: "Near retention" };
}

export function needsAttention(groups: readonly HubGroup[]): AttentionItem[] {
  const items: AttentionItem[] = [];
  for (const { hubId, group } of groups) {
    if (group.neverUsed) continue;
    if (group.goneSince !== null) {
      items.push({ hubId, group, chip: groupChip(group), parts: gone(group.goneSince) });
      continue;
    }
    const said = byStatus(group) ?? gap(group);
    const more = extras(group);
    if (said === null && more.length === 0 && !isGrowing(group)) continue;
    const parts = [...(said ?? plain(group)), ...more, ...heldByReset(group)];
    items.push({ hubId, group, chip: attentionChip(group), parts });
  }
  return items.sort(
    (a, b) =>
      urgencyOf(b.group) - urgencyOf(a.group) ||
      nearestLoss(a.group) - nearestLoss(b.group) ||
      (b.group.totalLag ?? 0) - (a.group.totalLag ?? 0),
  );
}

/**
 * A group's state in one word for every list, page and icon. What needs attention comes before "caught up".
 */
export function shownChip(group: ConsumerGroup): Chip {
  return needsAttention([{ hubId: "", group }])[0]?.chip ?? groupChip(group);
}

export function shownUrgency(group: ConsumerGroup): number {
  const { secondsUntilLoss } = group;
  return urgencyOf({ secondsUntilLoss, status: shownChip(group).status });
}

export function worstOf(groups: readonly ConsumerGroup[]): ChipTone {
  const inUse = groups.filter(({ neverUsed, goneSince }) => !neverUsed && goneSince === null);
  const chips = inUse.map(shownChip);
  const worst = worstStatus(chips.map(({ status }) => status));
  return worst === "ok" && chips.some((chip) => chipTone(chip) === "behind") ? "behind" : worst;
}

export function timeOf(part: Exclude<Part, string | { strong: string }>): (now: number) => string {
  return "ago" in part
    ? (now) => formatAgo(secondsSince(part.ago, now))
    : (now) => formatDuration(secondsSince(part.since, now));
}

export function sentence(item: AttentionItem, now: number): string {
  const said = item.parts.map((part) => {
    if (typeof part === "string") return part;
    return "strong" in part ? part.strong : timeOf(part)(now);
  });
  return item.group.name + said.join("");
}
