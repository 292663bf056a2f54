import type { ConsumerGroupDetail, GroupPartition } from "#lib/api/consumer-group.ts";
import { moment } from "#lib/api/reasons/moment.ts";
import {
  formatAgo,
  formatCount,
  formatDuration,
  formatRate,
  formatShare,
  plural,
} from "#lib/client/format/format.ts";
import { unownedPartitions } from "#lib/client/lag/held-partitions.ts";
import { ofRetained } from "#lib/client/lag/losses.ts";
import { partitionChip } from "#lib/client/lag/partition-words.ts";
import { foreseenLoss, isGrowing, statusNames } from "#lib/client/lag/status-words.ts";
import { sumKnown } from "#lib/client/lag/totals.ts";
import { processorOwner } from "#lib/core/holding-owner.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import { countTitle, type Finding, furthestBehind, idsOf, isOnItsOwn } from "./finding.ts";

type Bad = "stop" | "rewind" | "stall" | "warn";

const words: Record<Bad, string> = {
  stop: "stopped",
  rewind: "rewound",
  stall: "stalled",
  warn: "falling behind",
};

export function statusFindings(group: ConsumerGroupDetail): Finding[] {
  const ofPartitions = (["stop", "rewind", "stall", "warn"] as const).flatMap((status) => {
    const those = group.partitions.filter(
      (partition) => partition.status === status && isOnItsOwn(partition),
    );
    if (those.length === 0) return [];
    const change = status === "warn" ? paceText(ratesOf(those)) : "";
    return {
      kind: status,
      status,
      title: `${countTitle(those, group.partitions.length, words[status])}${change}`,
      evidence: evidenceOf(status, those, group),
      next: nextSteps[status](those, group),
      partitionIds: idsOf(those),
      suspects: suspectsOf(status, those, group),
    };
  });
  return [...ofPartitions, ...growingFindings(group)];
}

/**
 * A group that the rules for partitions call ok, and that falls behind as a whole: by the rule that makes its status
 * on every page.
 */
function growingFindings(group: ConsumerGroupDetail): Finding[] {
  if (!isGrowing(group)) return [];
  const rates = ratesOf(group.partitions);
  const those = group.partitions.filter((partition) => partitionChip(partition).word === statusNames.warn);
  const perSecond = group.lagChangePerSecond ?? 0;
  return [
    {
      kind: "warn",
      status: "warn",
      title: `The group is falling behind${paceText({ into: perSecond, out: 0 })}`,
      evidence: joined([flowText(rates), sinceText(group), retentionText(group)]),
      next: nextSteps.warn(those, group),
      partitionIds: idsOf(those),
    },
  ];
}

interface Rates {
  into: number | null;
  out: number | null;
}

function paceText({ into, out }: Rates): string {
  if (into === null || out === null) return "";
  const perMinute = Math.round((into - out) * 60);
  return perMinute > 0 ? ` by ${plural(perMinute, "event")} a minute` : "";
}

function evidenceOf(status: Bad, those: readonly GroupPartition[], group: ConsumerGroupDetail): string {
  const first = status === "warn" ? undefined : firstOf(those);
  const example = first ?? furthestBehind(those.filter(({ statusReason }) => statusReason !== null));
  const reason = example?.statusReason?.message ?? "";
  const which = `${first === undefined ? "Partition" : "The first, partition"} ${example?.partitionId}`;
  const said = those.length === 1 || reason === "" ? reason : `${which}: ${reason}`;
  if (status === "stop") return joined([said, lastText(those, group, said)]);
  if (status !== "warn") return said;
  return joined([flowText(ratesOf(those)), sinceText(group), said, retentionText(group)]);
}

/** The overview counts from here, which may be later than the stop that is told. */
function lastText(those: readonly GroupPartition[], group: ConsumerGroupDetail, said: string): string | null {
  const { status, statusCheckpointAt: at } = group;
  if (those.length === 1 || status !== "stop" || at === null || said.includes(moment(at))) return null;
  return `The newest of their checkpoints is of ${moment(at)}.`;
}

/** The one on which it began before all others; undefined where the reasons do not tell. */
function firstOf(those: readonly GroupPartition[]): GroupPartition | undefined {
  const began = those.map(({ statusReason }) => beganAt(statusReason));
  const first = Math.min(...began);
  return began.filter((at) => at === first).length === 1 ? those[began.indexOf(first)] : undefined;
}

/** NaN where it is not told, and so is the smallest of any with it. */
function beganAt(reason: GroupPartition["statusReason"]): number {
  const { since, resetAt, from, at } = reason?.params ?? {};
  return Date.parse(String(since ?? resetAt ?? from ?? at));
}

function joined(sentences: readonly (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null && sentence !== "").join(" ");
}

function flowText({ into, out }: Rates): string | null {
  if (into === null || out === null) return null;
  return `Between checkpoints ${formatRate(into)} come in and ${formatRate(out)} are processed.`;
}

function sinceText({ behindSince = null }: ConsumerGroupDetail): string | null {
  return behindSince === null ? null : `The group has been behind since ${moment(behindSince)}.`;
}

const noticeableShare = 0.01;

/** A loss within a day is a finding of its own. */
function retentionText(group: ConsumerGroupDetail): string | null {
  const { secondsUntilLoss: seconds, retentionUsed: used } = group;
  if (foreseenLoss(group) !== null || seconds === 0 || used === null) return null;
  if (seconds === null && used < noticeableShare) return null;
  const share = `${formatShare(used)} ${ofRetained(group)}`;
  return seconds === null
    ? `${share}.`
    : `${share}; at these rates events will be lost in ${formatDuration(seconds)}.`;
}

function ratesOf(those: readonly GroupPartition[]): Rates {
  const into = sumKnown(those.map(({ pace }) => pace?.eventsInPerSecond ?? null));
  const out = sumKnown(those.map(({ pace }) => pace?.eventsOutPerSecond ?? null));
  const isWhole = into.unknown === 0 && out.unknown === 0;
  return isWhole ? { into: into.total, out: out.total } : { into: null, out: null };
}

/** By a processor: one that a reset holds has no owner to look at. */
function isOwned({ owner }: GroupPartition): boolean {
  return processorOwner(owner)?.state === "active";
}

const leastSeconds = 60;

/** Null: its owner wrote one checkpoint, had time enough for it, or nobody knows when it came. */
function takenOverSeconds(
  { owner, ownerSince, statusReason, checkpoint }: GroupPartition,
  { observedAt }: Pick<ConsumerGroupDetail, "observedAt">,
): number | null {
  if (owner?.state !== "active" || ownerSince === null || observedAt === null) return null;
  const isOfOwner = checkpoint !== null && !isOwnWrite(checkpoint.writtenBy);
  if (isOfOwner && Date.parse(checkpoint.updatedAt) > Date.parse(ownerSince)) return null;
  const seconds = Math.max(0, (Date.parse(observedAt) - Date.parse(ownerSince)) / 1_000);
  return seconds < Math.max(leastSeconds, usualSeconds(statusReason)) ? seconds : null;
}

/** Between two of the checkpoints before the silence. */
function usualSeconds(reason: GroupPartition["statusReason"]): number {
  if (reason?.code !== "silent") return 0;
  const { spanSeconds, checkpoints } = reason.params;
  return typeof spanSeconds === "number" && typeof checkpoints === "number"
    ? spanSeconds / Math.max(1, checkpoints - 1)
    : 0;
}

function suspectsOf(status: Bad, those: readonly GroupPartition[], group: ConsumerGroupDetail): string[] {
  if (status !== "stop" && status !== "stall") return [];
  return idsOf(
    those
      .filter(isOwned)
      .filter((each) => status === "stall" || takenOverSeconds(each, group) === null)
      .toSorted((a, b) => (b.lag ?? 0) - (a.lag ?? 0)),
  );
}

function stuckText(owned: readonly GroupPartition[], isOne: boolean): string {
  const owners = ownersOf(owned);
  const causes = "a handler that hangs, an event that fails every time, or a checkpoint that fails.";
  return owners === 1
    ? `${isOne ? "Its" : "Their"} owner is alive but stuck: check its log for ${causes}`
    : `Their ${formatCount(owners)} owners are alive but stuck: check their logs for ${causes}`;
}

/** `isBound`: the dashboard does not know what was before its first look. */
function takenOver(seconds: number, isBound: boolean): string {
  if (!isBound) return formatAgo(seconds);
  return seconds < 1 ? "before the dashboard's first look" : `at least ${formatDuration(seconds)} ago`;
}

function ownersOf(owned: readonly GroupPartition[]): number {
  return new Set(owned.map(({ owner }) => owner?.ownerId)).size;
}

function readText(group: ConsumerGroupDetail): string {
  const { ownedPartitions: read, partitionCount } = group;
  const all = partitionCount ?? 0;
  const free = unownedPartitions(group) ?? 0;
  const rest = free > 0 ? `; ${formatCount(free)} ${free === 1 ? "has" : "have"} no owner` : "";
  return read >= all ? "all partitions" : `${formatCount(read)} of ${plural(all, "partition")}${rest}`;
}

const nextSteps: Record<Bad, (those: readonly GroupPartition[], group: ConsumerGroupDetail) => string> = {
  stop: (those, group) => {
    const owned = those.filter(isOwned);
    const isOne = those.length === 1;
    if (owned.length === 0)
      return `${isOne ? "It has" : "They have"} no owner: start the group's processors, or check their logs if they fail to start.`;
    const stuck = owned.filter((each) => takenOverSeconds(each, group) === null);
    if (stuck.length > 0) return stuckText(stuck, isOne);
    const seconds = Math.max(...owned.map((each) => takenOverSeconds(each, group) ?? 0));
    const owners = ownersOf(owned);
    const isBound = owned.some(({ ownerSinceIsUpperBound }) => ownerSinceIsUpperBound === true);
    return `Taken over ${takenOver(seconds, isBound)}${owners === 1 ? "" : ` by ${formatCount(owners)} owners`}; no checkpoint yet.`;
  },
  stall: () =>
    "The handler probably keeps failing on one event: read the next one, and look for its number in the processor's log. Then fix the handler, or skip that event.",
  rewind: () =>
    "If nobody meant this, a processor overwrote a newer position, often after it lost the partition: check the Owners tab at that time. The events in between are processed twice.",
  warn: (_, group) => {
    const { owners, partitionCount } = group;
    const free = (partitionCount ?? 0) - owners.length;
    if (owners.length === 0 || free <= 0)
      return "Make the handler faster or its batches larger: only one processor can read a partition.";
    return `${plural(owners.length, "owner reads", "owners read")} ${readText(group)}: start up to ${formatCount(free)} more, or make the handler faster.`;
  },
};
