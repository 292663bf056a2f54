import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { LagState, Status } from "#lib/api/status.ts";
import { type BehindFigures, isFarBehind as isFarBy } from "#lib/lag/pace/behind.ts";
import { formatCount } from "../format/format.ts";
import { heldPartitions } from "./held-partitions.ts";

/** From worst to best, `unknown` apart. A record, so that none can be missing. */
const badness: Record<Status, number> = { stop: 5, rewind: 4, stall: 3, warn: 2, unknown: 1, ok: 0 };

export const statusesWorstFirst = (Object.keys(badness) as Status[]).sort((a, b) => badness[b] - badness[a]);

/** Names of whole statuses. A chip has a narrower word: a group that is ok may be behind all the same. */
export const statusNames: Record<Status, string> = {
  ok: "OK",
  warn: "Falling behind",
  stall: "Stalled",
  rewind: "Rewound",
  stop: "Stopped",
  unknown: "Unknown",
};

export const unknownWords: Record<LagState, string> = {
  ok: "Not known yet",
  empty: "Empty",
  noCheckpoint: "No checkpoint",
  behindRetention: "Overtaken",
  ahead: "Hub re-created",
  unreadable: "Unreadable",
  unknown: "Not read",
};

export const notResumed = "Not resumed";
/** Of a partition, and of a whole group. */
export const heldWords = { partition: "Paused", group: "Paused by a reset" };

const partNames: Record<Exclude<Status, "ok" | "unknown">, string> = {
  warn: "falling behind",
  stall: "stalled",
  rewind: "rewound",
  stop: "stopped",
};
const partCauses: Partial<Record<LagState, string>> = {
  noCheckpoint: "no checkpoint",
  ahead: "ahead",
  unreadable: "unreadable",
  unknown: "not read",
};

export interface Chip {
  status: Status;
  word: string;
}

/** A loss within this time is urgent, whatever else is wrong. */
const soonSeconds = 3_600;

export function isAboutToLose({ secondsUntilLoss }: Pick<ConsumerGroup, "secondsUntilLoss">): boolean {
  return secondsUntilLoss !== null && secondsUntilLoss <= soonSeconds;
}

/** Larger is more urgent. About to lose data outranks every status. */
export function urgencyOf(of: Pick<ConsumerGroup, "secondsUntilLoss" | "status">): number {
  return isAboutToLose(of) ? badness.stop + 1 : badness[of.status];
}

const foreseeableSeconds = 86_400;

/** Null: not in sight, or past. */
export function foreseenLoss({ secondsUntilLoss }: Pick<ConsumerGroup, "secondsUntilLoss">): number | null {
  if (secondsUntilLoss === null || secondsUntilLoss === 0) return null;
  return secondsUntilLoss <= foreseeableSeconds ? secondsUntilLoss : null;
}

interface Figures extends BehindFigures {
  changePerSecond: number | null;
}

const noticeableShare = 0.05;

export const caughtUp = "Caught up";
export const behindWords = { falling: "Catching up", steady: "Behind, steady" };

export function isFarBehind({ word }: Chip): boolean {
  return Object.values(behindWords).includes(word);
}

export type ChipTone = Status | "behind";

/** Ok is not always fine: a group that stays behind never catches up, so it must not look green either. */
export function chipTone({ status, word }: Chip): ChipTone {
  return status === "ok" && word === behindWords.steady ? "behind" : status;
}

export function isGrowing(group: ConsumerGroup): boolean {
  return group.status === "ok" && paceChip(group).status === "warn";
}

export const notKnownYet: Chip = { status: "unknown", word: unknownWords.ok };

export function okChip(figures: Figures): Chip {
  const { lag, inPerSecond, changePerSecond: change } = figures;
  if (lag === 0 && inPerSecond === 0) return { status: "ok", word: "Idle" };
  const isFar = isFarBy(figures);
  if (isFar === null) return notKnownYet;
  if (!isFar) return { status: "ok", word: caughtUp };
  const noticeable = (inPerSecond ?? 0) * noticeableShare;
  if (change === null) return notKnownYet;
  if (change > noticeable) return { status: "warn", word: statusNames.warn };
  return { status: "ok", word: change < -noticeable ? behindWords.falling : behindWords.steady };
}

export function groupChip(group: ConsumerGroup): Chip {
  if (group.goneSince !== null) return { status: "unknown", word: "Gone" };
  if (!isAboutToLose(group)) return paceChip(group);
  // A loss is final, so it comes before what the group does.
  return { status: "stop", word: (group.lostEvents ?? 0) > 0 ? "Events lost" : "About to lose" };
}

function shared(some: number, group: ConsumerGroup, part: string, whole: string): string {
  const { partitionCount: all } = group;
  return all === null || some >= all ? whole : `${formatCount(some)} of ${formatCount(all)} ${part}`;
}

export function paceChip(group: ConsumerGroup): Chip {
  const { status, notes } = group;
  const held = heldPartitions(group);
  // What a whole group seems to do while it is paused is the reset's doing.
  if (held > 0 && held === group.partitionCount) return { status: "unknown", word: heldWords.group };
  if (status === "unknown") return unknownChip(group);
  if (status !== "ok") {
    return { status, word: shared(group.statusPartitions, group, partNames[status], statusNames[status]) };
  }
  if (notes.some(({ code }) => code === "blockingBlobs"))
    return { status: "unknown", word: "Unreadable blobs" };
  const awaiting = notes.find(({ code }) => code === "awaitingFirstEvent");
  if (awaiting !== undefined && awaiting.partitionIds.length === group.partitionCount) {
    return { status: "unknown", word: unknownWords.noCheckpoint };
  }
  return okChip({
    lag: group.totalLag,
    allowedLag: group.partitionsUnknown > 0 ? Number.POSITIVE_INFINITY : group.allowedLag,
    secondsAtCheckpoint: group.lagSecondsAtCheckpoint,
    inPerSecond: group.eventsInPerSecond,
    changePerSecond: group.lagChangePerSecond,
  });
}

/** Partitions on which no checkpoint has followed a reset, though one is due. */
export function notResumedIn({ notes }: Pick<ConsumerGroup, "notes">): readonly string[] {
  return notes.find(({ code }) => code === "partitionsNotResumed")?.partitionIds ?? [];
}

function unknownChip(group: ConsumerGroup): Chip {
  const waiting = notResumedIn(group).length;
  if (waiting > 0) return { status: "warn", word: shared(waiting, group, "not resumed", notResumed) };
  const { status, statusCause: cause, statusCausePartitions: some } = group;
  if (group.neverUsed) return { status, word: "Never used" };
  if (group.observedAt === null) return { status, word: unknownWords.unknown };
  if (cause === null || isMatterOfTime(group)) {
    const held = heldPartitions(group);
    return held > 0 ? { status, word: shared(held, group, "paused", heldWords.group) } : notKnownYet;
  }
  if (cause === "noCheckpoint" && group.lastCheckpointAt === null)
    return { status, word: unknownWords[cause] };
  return { status, word: shared(some, group, partCauses[cause] ?? "not known", unknownWords[cause]) };
}

/** The group's unknowns will resolve soon: its first checkpoints are not overdue. */
export function isMatterOfTime(group: ConsumerGroup): boolean {
  if (group.statusCause === null) return true;
  return (
    group.statusCause === "noCheckpoint" &&
    group.partitionsWithoutCheckpoint.length === 0 &&
    group.statusNotKnownYet >= group.statusCausePartitions
  );
}

/** The worst known status; `ok` only if all are known. */
export function worstStatus(statuses: readonly Status[]): Status {
  const known = statuses.filter((status) => status !== "unknown");
  const [first, ...rest] = known;
  if (first === undefined) return "unknown";
  const worst = rest.reduce((bad, status) => (badness[status] > badness[bad] ? status : bad), first);
  return worst === "ok" && known.length < statuses.length ? "unknown" : worst;
}
