import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { LagState, Status } from "#lib/api/status.ts";
import { formatCount } from "../format/format.ts";

/** From worst to best, `unknown` after the order: what lists and filters go by. Keyed, so that none can be missing. */
const badness: Record<Status, number> = { stop: 5, rewind: 4, stall: 3, warn: 2, unknown: 1, ok: 0 };

export const statusesWorstFirst = (Object.keys(badness) as Status[]).sort((a, b) => badness[b] - badness[a]);

/** The name of a status as such, for filters and counts. */
export const statusNames: Record<Status, string> = {
  ok: "Caught up",
  warn: "Falling behind",
  stall: "Stalled",
  rewind: "Rewound",
  stop: "Stopped",
  unknown: "Unknown",
};

const unknownWords: Record<LagState, string> = {
  ok: "Not known yet",
  empty: "Empty",
  noCheckpoint: "No checkpoint",
  behindRetention: "Overtaken",
  ahead: "Hub re-created",
  unreadable: "Unreadable",
  unknown: "Not read",
};

/** The same where it holds for some of a group's partitions: `2 of 32 stopped`. */
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

/** What a chip shows: the status it is coloured by and the word, a reading of status and figures. */
export interface Chip {
  status: Status;
  word: string;
}

/** Who loses events within it has to be seen to now, whatever else is wrong elsewhere. */
const soonSeconds = 3_600;

/** Events are lost already, or will be within the hour. */
export function isAboutToLose({ secondsUntilLoss }: Pick<ConsumerGroup, "secondsUntilLoss">): boolean {
  return secondsUntilLoss !== null && secondsUntilLoss <= soonSeconds;
}

/** What lists are sorted by: the larger, the more urgent. About to lose data outranks every status. */
export function urgencyOf(of: Pick<ConsumerGroup, "secondsUntilLoss" | "status">): number {
  return isAboutToLose(of) ? badness.stop + 1 : badness[of.status];
}

/** What is lost later than that is worth no word yet. */
const foreseeableSeconds = 86_400;

/** In how many seconds events will be lost that are still there; null where that is not in sight, or past. */
export function foreseenLoss({ secondsUntilLoss }: Pick<ConsumerGroup, "secondsUntilLoss">): number | null {
  if (secondsUntilLoss === null || secondsUntilLoss === 0) return null;
  return secondsUntilLoss <= foreseeableSeconds ? secondsUntilLoss : null;
}

interface Figures {
  lag: number | null;
  allowedLag: number;
  /** For how long the first unread event had waited at the last checkpoint. */
  secondsAtCheckpoint: number | null;
  inPerSecond: number | null;
  /** How fast the lag grows, in events a second. */
  changePerSecond: number | null;
}

// A lag of a few seconds goes up and down with every checkpoint: calling that "catching up" would flicker.
const noticeableSeconds = 10;
const noticeableShare = 0.05;

const behind = { falling: "Catching up", steady: "Behind, steady" };

/** The status is ok, and yet the group has a way to go. */
export function isFarBehind({ word }: Chip): boolean {
  return Object.values(behind).includes(word);
}

/** The status is ok, and yet the group is far behind and more comes in than goes out. */
export function isGrowing(group: ConsumerGroup): boolean {
  return group.status === "ok" && paceChip(group).status === "warn";
}

const notKnownYet: Chip = { status: "unknown", word: unknownWords.ok };

/** How somebody does of whom nothing bad is known. Colour and word go together: who falls behind is not green. */
function okChip(figures: Figures): Chip {
  const { lag, inPerSecond, changePerSecond: change } = figures;
  if (lag === 0 && inPerSecond === 0) return { status: "ok", word: "Idle" };
  const isFar = isFarBy(figures);
  if (isFar === null) return notKnownYet;
  if (!isFar) return { status: "ok", word: statusNames.ok };
  const noticeable = (inPerSecond ?? 0) * noticeableShare;
  if (change !== null && change > noticeable) return { status: "warn", word: statusNames.warn };
  return { status: "ok", word: change !== null && change < -noticeable ? behind.falling : behind.steady };
}

/**
 * By the time behind at the last checkpoint, since between two of them everybody falls back; where that is not known, by
 * how long the input takes to make such a lag. Null where neither is known.
 */
function isFarBy({ lag, allowedLag, secondsAtCheckpoint, inPerSecond }: Figures): boolean | null {
  if (secondsAtCheckpoint !== null) return secondsAtCheckpoint >= noticeableSeconds;
  if (lag === null || lag <= allowedLag) return false;
  return inPerSecond === null ? null : lag > inPerSecond * noticeableSeconds;
}

export function groupChip(group: ConsumerGroup): Chip {
  if (group.goneSince !== null) return { status: "unknown", word: "Gone" };
  if (!isAboutToLose(group)) return paceChip(group);
  // What is lost can't be made good: it stands before what the group does.
  return { status: "stop", word: (group.lostEvents ?? 0) > 0 ? "Events lost" : "About to lose" };
}

/** `2 of 32 stopped`, or the whole group's word where it holds for all of it. */
function shared(some: number, group: ConsumerGroup, part: string, whole: string): string {
  const { partitionCount: all } = group;
  return all === null || some >= all ? whole : `${formatCount(some)} of ${formatCount(all)} ${part}`;
}

/** How a group does, whatever it loses. */
export function paceChip(group: ConsumerGroup): Chip {
  const { status, notes } = group;
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
    // What could not be read a moment ago takes nothing from the rest.
    allowedLag: group.partitionsUnknown > 0 ? Number.POSITIVE_INFINITY : group.allowedLag,
    secondsAtCheckpoint: group.lagSecondsAtCheckpoint,
    inPerSecond: group.eventsInPerSecond,
    changePerSecond: group.lagChangePerSecond,
  });
}

function unknownChip(group: ConsumerGroup): Chip {
  const { status, statusCause: cause, statusCausePartitions: some } = group;
  if (group.neverUsed) return { status, word: "Never used" };
  if (group.observedAt === null) return { status, word: unknownWords.unknown };
  if (cause === null || isMatterOfTime(group)) return notKnownYet;
  if (cause === "noCheckpoint" && group.lastCheckpointAt === null)
    return { status, word: unknownWords[cause] };
  return { status, word: shared(some, group, partCauses[cause] ?? "not known", unknownWords[cause]) };
}

/** What is not known of the group will be soon: its first checkpoints are not overdue yet. */
export function isMatterOfTime(group: ConsumerGroup): boolean {
  if (group.statusCause === null) return true;
  return (
    group.statusCause === "noCheckpoint" &&
    group.partitionsWithoutCheckpoint.length === 0 &&
    group.statusNotKnownYet >= group.statusCausePartitions
  );
}

export function partitionChip(partition: GroupPartition): Chip {
  const { status, pace } = partition;
  if (status === "unknown") return { status, word: unknownWords[partition.lagState] };
  if (status !== "ok") return { status, word: statusNames[status] };
  if (partition.lagState === "empty") return { status, word: unknownWords.empty };
  return okChip({
    lag: partition.lag,
    allowedLag: 0,
    secondsAtCheckpoint: partition.lagSecondsAtCheckpoint,
    inPerSecond: partition.eventsInPerSecond,
    changePerSecond: pace === null ? null : pace.eventsInPerSecond - pace.eventsOutPerSecond,
  });
}

/** The worst of several that is known; `ok` only where all of them are. */
export function worstStatus(statuses: readonly Status[]): Status {
  const known = statuses.filter((status) => status !== "unknown");
  const [first, ...rest] = known;
  if (first === undefined) return "unknown";
  const worst = rest.reduce((bad, status) => (badness[status] > badness[bad] ? status : bad), first);
  return worst === "ok" && known.length < statuses.length ? "unknown" : worst;
}
