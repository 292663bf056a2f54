import { formatCount, formatDuration, plural } from "#lib/client/format/format.ts";
import type { Times } from "#lib/client/history/time-axis.ts";
import { partitionsNamed } from "#lib/core/figures.ts";
import {
  type Flapping,
  type OwnerFinding,
  ownerLimits,
  type StandingStill,
} from "#lib/ownership/owner-findings.ts";
import type { UnownedStretch } from "#lib/ownership/unowned.ts";

export type FindingPiece = string | { partitionId: string } | { ownerId: string };

export interface FindingWords {
  tone: "stall" | "stop" | "warn";
  word: string;
  sentence: FindingPiece[];
  partitions: { partitionId: string; text: string }[];
  limit: string;
}

const mostNamed = 5;
const minutes = (ms: number) => formatDuration(ms / 1000);

export interface FindingContext {
  now: number;
  knownFrom: number | null;
  partitionCount: number;
  times: Times;
}

export function findingWords(finding: OwnerFinding, context: FindingContext): FindingWords {
  switch (finding.kind) {
    case "unowned":
      return unownedWords(finding, context);
    case "standsStill":
      return stillWords(finding.partitions, context);
    case "flapping":
      return flappingWords(finding.partitions, context);
    case "uneven":
      return unevenWords(finding, context);
  }
}

/** Says that nothing was found: `unowned` are the partitions without an owner now, for less than the limit. */
export function noProblems(unowned: readonly string[], isKnown: boolean): string {
  if (!isKnown) return "Not known: owners were not watched in this range.";
  if (unowned.length === 0) return "No problems: every partition owned, stable, moving and balanced.";
  const those = unowned.length > mostNamed ? plural(unowned.length, "partition") : partitionsNamed(unowned);
  const verb = unowned.length === 1 ? "has" : "have";
  return `No problems yet: ${those} ${verb} no owner, for less than ${minutes(ownerLimits.unownedMs)}.`;
}

export const problemLimits = `Problems are: no owner for ${minutes(ownerLimits.unownedMs)}, ${ownerLimits.flappingChanges} owner changes in an hour, an owned partition whose checkpoint does not move while events wait, and more than an even share.`;

function unownedWords(
  { partitions, isAll, hadOwners }: Extract<OwnerFinding, { kind: "unowned" }>,
  { now, partitionCount, times }: FindingContext,
): FindingWords {
  const shared = { tone: "stall", word: "Unowned", partitions: [] } as const;
  const limit = `limit: ${minutes(ownerLimits.unownedMs)}`;
  const [first] = partitions;
  if (isAll && !hadOwners) {
    const sentence =
      "No partition had an owner in this range. Readers of fixed partitions own none: if checkpoints move, the group is being read.";
    return { ...shared, partitions: [], sentence: [sentence], limit };
  }
  if (first !== undefined && isAll && partitionCount > 1) {
    const verb = first.to === null ? "Nobody owns" : "Nobody owned";
    const sentence = `${verb} any of the ${formatCount(partitionCount)} partitions for ${spell(first, now, times)}.`;
    return { ...shared, partitions: [], sentence: [sentence], limit };
  }
  if (first !== undefined && partitions.length === 1) {
    const verb = first.to === null ? " has had no owner for " : " had no owner for ";
    const sentence = [
      "Partition ",
      { partitionId: first.partitionId },
      `${verb}${spell(first, now, times)}.`,
    ];
    return { ...shared, partitions: [], sentence, limit };
  }
  const still = partitions.filter(({ to }) => to === null).length;
  const rest = still === 0 ? "" : still === partitions.length ? ", and still have none" : `, ${still} still`;
  return {
    ...shared,
    sentence: [`${plural(partitions.length, "partition")} had no owner for a while${rest}:`],
    partitions: partitions.map((one) => ({
      partitionId: one.partitionId,
      text: `${minutes((one.to ?? now) - one.from)}${one.to === null ? " so far" : ""}`,
    })),
    limit,
  };
}

function spell({ from, to }: UnownedStretch, now: number, { full, span }: Times): string {
  const when = to === null ? `since ${full(from)}` : `from ${span(from, to)}`;
  return `${minutes((to ?? now) - from)}, ${when}`;
}

function stillWords(partitions: readonly StandingStill[], { now }: FindingContext): FindingWords {
  const shared = { tone: "stop", word: "Not moving" } as const;
  const limit = `limit: ${minutes(ownerLimits.standsStillMs)}`;
  const [first] = partitions;
  const text = ({ since, hasCheckpoint, isSinceTakeover }: StandingStill) =>
    since === null
      ? "writes one position again and again"
      : `${hasCheckpoint ? "" : "no checkpoint "}for ${minutes(now - since)}${isSinceTakeover ? " under its owner" : ""}`;
  if (first === undefined || partitions.length > 1) {
    return {
      ...shared,
      sentence: [
        `${plural(partitions.length, "partition")} have a live owner, but the checkpoint does not move while events wait:`,
      ],
      partitions: partitions.map((one) => ({ partitionId: one.partitionId, text: text(one) })),
      limit,
    };
  }
  const { ownerId, partitionId, since, hasCheckpoint, waiting, isSinceTakeover } = first;
  const wait =
    waiting === null ? "events wait" : `${plural(waiting, "event")} wait${waiting === 1 ? "s" : ""}`;
  const held = since === null ? "" : minutes(now - since);
  const but =
    since === null
      ? `but writes the same position again and again while ${wait}.`
      : hasCheckpoint
        ? `but has not moved its checkpoint ${isSinceTakeover ? "since it came, " : "for "}${held}${isSinceTakeover ? " ago," : ""} while ${wait}.`
        : `but has written no checkpoint in ${held}, though events came in.`;
  return {
    ...shared,
    sentence: [{ ownerId }, " renews its ownership of partition ", { partitionId }, `, ${but}`],
    partitions: [],
    limit,
  };
}

/** The hour in which changes count, or the known part if shorter. */
function countedIn({ now, knownFrom }: FindingContext): string {
  const knownMs = now - (knownFrom ?? now);
  return knownFrom === null || knownMs >= ownerLimits.flappingWindowMs
    ? "within an hour"
    : `within the ${minutes(knownMs)} known of this range`;
}

function flappingWords(partitions: readonly Flapping[], context: FindingContext): FindingWords {
  const { times } = context;
  const shared = { tone: "warn", word: "Flapping" } as const;
  const limit = `limit: ${ownerLimits.flappingChanges} changes an hour`;
  const [first] = partitions;
  if (first !== undefined && partitions.length === 1) {
    const { partitionId, changes, from, to } = first;
    const when = `from ${times.span(from, to)}`;
    const sentence = [
      "Partition ",
      { partitionId },
      ` changed owners ${changes} times ${countedIn(context)}, ${when}.`,
    ];
    return { ...shared, sentence, partitions: [], limit };
  }
  return {
    ...shared,
    sentence: [`${plural(partitions.length, "partition")} kept changing owners ${countedIn(context)}:`],
    partitions: partitions.map(({ partitionId, changes }) => ({ partitionId, text: `${changes} times` })),
    limit,
  };
}

function unevenWords(
  { owners, share, least, isSettling }: Extract<OwnerFinding, { kind: "uneven" }>,
  { partitionCount }: FindingContext,
): FindingWords {
  const even = share.least === share.most ? `${share.most}` : `${share.least} or ${share.most}`;
  const named = owners
    .slice(0, 4)
    .flatMap(({ ownerId, partitions }, index): FindingPiece[] => [
      index === 0 ? "" : ", ",
      { ownerId },
      ` owns ${formatCount(partitions)}`,
    ]);
  const more = owners.length > 4 ? ` and ${owners.length - 4} more have too many` : "";
  const settles = isSettling ? " Partitions just moved, so this may still settle." : "";
  return {
    tone: "warn",
    word: "Uneven",
    sentence: [
      ...named,
      `${more} of ${plural(partitionCount, "partition")}: an even share is ${even}, and the owner with fewest has ${formatCount(least)}.${settles}`,
    ],
    partitions: [],
    limit: "limit: an even share",
  };
}
