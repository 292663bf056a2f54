import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { LagState, Status } from "#lib/api/status.ts";

/** From worst to best, `unknown` after the order: what lists and filters go by. Keyed, so that none can be missing. */
const badness: Record<Status, number> = { stop: 5, rewind: 4, stall: 3, warn: 2, unknown: 1, ok: 0 };

export const statusesWorstFirst = (Object.keys(badness) as Status[]).sort((a, b) => badness[b] - badness[a]);

/** The name of a status as such, for filters and counts. */
export const statusNames: Record<Status, string> = {
  ok: "Level",
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

const partlyUnknown = "Partly unknown";

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
  status: Status;
  lag: number | null;
  /** For how long the first unread event had waited at the last checkpoint. */
  secondsAtCheckpoint: number | null;
  inPerSecond: number | null;
  /** How fast the lag grows, in events a second. */
  changePerSecond: number | null;
}

// A lag of a few seconds goes up and down with every checkpoint: calling that "catching up" would flicker.
const noticeableSeconds = 10;
const noticeableShare = 0.05;

const farBehind = { falling: "Catching up", steady: "Behind, steady", growing: "Behind, growing" };

/** The status is ok, and yet the group has a long way to go. */
export function isFarBehind({ word }: Chip): boolean {
  return Object.values(farBehind).includes(word);
}

/** Far behind, and more comes in than goes out. */
export function isGrowing({ word }: Chip): boolean {
  return word === farBehind.growing;
}

function okWord(figures: Figures): string {
  const { lag, inPerSecond, changePerSecond: change } = figures;
  if (lag === 0 && inPerSecond === 0) return "Idle, level";
  if (!isFar(figures)) return statusNames.ok;
  const noticeable = (inPerSecond ?? 0) * noticeableShare;
  if (change !== null && change < -noticeable) return farBehind.falling;
  return change !== null && change > noticeable ? farBehind.growing : farBehind.steady;
}

/**
 * By the time behind at the last checkpoint, since between two of them everybody falls back; where that is not known, by
 * how long the input takes to make such a lag.
 */
function isFar({ lag, secondsAtCheckpoint, inPerSecond }: Figures): boolean {
  if (secondsAtCheckpoint !== null) return secondsAtCheckpoint >= noticeableSeconds;
  return lag !== null && inPerSecond !== null && lag > inPerSecond * noticeableSeconds;
}

export function groupChip(group: ConsumerGroup): Chip {
  if (group.goneSince !== null) return { status: "unknown", word: "Gone" };
  if (!isAboutToLose(group)) return paceChip(group);
  // What is lost can't be made good: it stands before what the group does.
  return { status: "stop", word: (group.lostEvents ?? 0) > 0 ? "Events lost" : "About to lose" };
}

/** Of some partition it can't be told how the group does there: what is said of the rest is not said of all. */
export function isKnownInPart(group: ConsumerGroup): boolean {
  return group.partitionsUnknown > 0 || group.partitionsWithoutCheckpoint.length > 0;
}

/** How a group does, whatever it loses. */
export function paceChip(group: ConsumerGroup): Chip {
  const { status, statusCause } = group;
  if (status === "unknown") {
    if (statusCause === "noCheckpoint" && isKnownInPart(group)) return { status, word: partlyUnknown };
    return { status, word: unknownWords[statusCause ?? (group.observedAt === null ? "unknown" : "ok")] };
  }
  if (status !== "ok") return { status, word: statusNames[status] };
  if (group.notes.some(({ kind }) => kind === "blockingBlobs"))
    return { status: "unknown", word: "Unreadable blobs" };
  if (isKnownInPart(group)) return { status: "unknown", word: partlyUnknown };
  if (group.statusNotKnownYet > 0) return { status: "unknown", word: unknownWords.ok };
  const word = okWord({
    status,
    lag: group.totalLag,
    secondsAtCheckpoint: group.lagSecondsAtCheckpoint,
    inPerSecond: group.eventsInPerSecond,
    changePerSecond: group.lagChangePerSecond,
  });
  return { status, word };
}

export function partitionChip(partition: GroupPartition): Chip {
  const { status, pace } = partition;
  if (status === "unknown") return { status, word: unknownWords[partition.lagState] };
  if (status !== "ok") return { status, word: statusNames[status] };
  if (partition.lagState === "empty") return { status, word: unknownWords.empty };
  const word = okWord({
    status,
    lag: partition.lag,
    secondsAtCheckpoint: partition.lagSecondsAtCheckpoint,
    inPerSecond: partition.eventsInPerSecond,
    changePerSecond: pace === null ? null : pace.eventsInPerSecond - pace.eventsOutPerSecond,
  });
  return { status, word };
}

/** The worst of several; `unknown` only where nothing else is. */
export function worstStatus(statuses: readonly Status[]): Status {
  const known = statuses.filter((status) => status !== "unknown");
  const [first, ...rest] = known;
  if (first === undefined) return "unknown";
  return rest.reduce((worst, status) => (badness[status] > badness[worst] ? status : worst), first);
}
