import type { LiveStep } from "#lib/api/plans/live-progress.ts";
import { isNotResumed } from "#lib/api/reasons/resets/not-resumed.ts";
import type { Reset, ResetEntry, ResetResult, Resets, StandingCheckpoint } from "#lib/api/resets.ts";
import type { Status } from "#lib/api/status.ts";
import { formatCount, formatDuration, plural } from "#lib/client/format/format.ts";
import { type Alike, groupAlike } from "./alike.ts";
import { actWords, isOfBlobs } from "./blob-words.ts";
import type { Phrase } from "./target-words.ts";

interface Words {
  tone: Status;
  word: string;
  meaning: string;
}

/** A group that passed a forward target by itself is where it is: nothing was skipped, and nothing is left to do. */
export const passedReasons: ReadonlySet<string> = new Set(["wentPastTarget", "storedPastTarget"]);

const resultWords: Record<ResetResult, Words> = {
  pending: {
    tone: "unknown",
    word: "Waiting",
    meaning: "Not started yet, or waiting for the store's answer.",
  },
  written: { tone: "ok", word: "Written", meaning: "The store has the new checkpoint." },
  conflict: {
    tone: "warn",
    word: "Conflict",
    meaning: "The checkpoint changed after the review, so nothing was written.",
  },
  failed: {
    tone: "stop",
    word: "Failed",
    meaning: "The write failed. The old checkpoint is unchanged.",
  },
  skipped: {
    tone: "unknown",
    word: "Not changed",
    meaning: "Nothing was written: it ended before this turn came, or the plan had blocked it.",
  },
  unknown: {
    tone: "warn",
    word: "Unknown",
    meaning: "The checkpoint has moved. It may or may not have been written before that.",
  },
  overwritten: {
    tone: "stop",
    word: "Overwritten",
    meaning: "Written, then overwritten by a processor with its own position.",
  },
};

export interface EntryLine
  extends Pick<ResetEntry, "partitionId" | "result" | "reason" | "live" | "removes" | "replays" | "skips"> {
  before: Pick<StandingCheckpoint, "sequenceNumber"> | null;
  after: Pick<StandingCheckpoint, "sequenceNumber"> | null;
}

export function isUnderWay({ result, live }: Pick<ResetEntry, "result" | "live">): boolean {
  return result === "pending" && live !== null && live.step !== "waiting" && live.step !== "ended";
}

const stands: ReadonlySet<LiveStep> = new Set(["holding", "releasing", "verifying"]);

/** The checkpoint that a live reset wrote on a partition that is not finished. Null: none. */
export function standsAlready({ result, live }: Pick<ResetEntry, "result" | "live">): number | null {
  return result === "pending" && live !== null && stands.has(live.step) ? (live.target ?? null) : null;
}

/**
 * The figures of a live reset's partition are the review's until it is written, and stay so where it never is: its
 * group moves on meanwhile.
 */
export function isAsPlanned({ result, live }: Pick<ResetEntry, "result" | "live">): boolean {
  if (live === null) return false;
  return result === "skipped" || (result === "pending" && !stands.has(live.step));
}

const notResumed: Words = {
  tone: "warn",
  word: "Not resumed yet",
  meaning: "The store has the new checkpoint, and no processor has checkpointed past it yet.",
};

export function entryWords(entry: Pick<ResetEntry, "result" | "live" | "removes" | "reason">): Words {
  if (isUnderWay(entry)) {
    const { meaning } = stepWords[entry.live?.step ?? "waiting"];
    return { tone: "rewind", word: "In progress", meaning };
  }
  if (entry.removes === true && entry.result === "written") {
    return { tone: "ok", word: "Deleted", meaning: "The store no longer has the blob." };
  }
  return isNotResumed(entry) ? notResumed : resultWords[entry.result];
}

export const stepWords: Record<LiveStep, { word: string; meaning: string }> = {
  waiting: { word: "Waiting", meaning: "Partitions go in waves, and its wave has not started." },
  claiming: { word: "Claiming", meaning: "Takes the partition's ownership, as another processor would." },
  fencing: {
    word: "Pausing",
    meaning: "Attaches a reader with a higher owner level, which detaches the processor.",
  },
  writing: { word: "Writing", meaning: "Writes the new checkpoint, unless it has changed." },
  holding: {
    word: "Paused",
    meaning: "Keeps the processor paused until it has stopped writing old positions.",
  },
  releasing: { word: "Releasing", meaning: "Closes the reader and releases the ownership." },
  verifying: {
    word: "Verifying",
    meaning: "Waits for a processor to continue from the new position.",
  },
  aborting: { word: "Stopping", meaning: "Closes the reader and releases the ownership." },
  ended: { word: "Ended", meaning: "Nothing more is done on this partition." },
};

export type ResetHead = Pick<Resets["resets"][number], "state">;

const titleWords: readonly (readonly [ResetResult, string])[] = [
  ["written", "written"],
  ["overwritten", "overwritten"],
  ["unknown", "unknown"],
  ["failed", "failed"],
  ["conflict", "in conflict"],
  ["skipped", "not changed"],
];

/** "Done" only if every partition was written, else the counts. Without counts a reset is unknown. */
export function stateWords(
  { state }: ResetHead,
  counts?: ResultCounts,
): { tone: "ok" | "warn" | "stop" | "rewind" | "unknown"; word: string } {
  if (state === "running") return { tone: "rewind", word: "Running" };
  const parts = titleWords.flatMap(([result, word]) => {
    const count = counts?.[result] ?? 0;
    return count === 0 ? [] : [`${formatCount(count)} ${word}`];
  });
  const waiting = counts?.notResumed ?? 0;
  if (waiting > 0) parts.push(`${formatCount(waiting)} not resumed yet`);
  const isNothing = counts !== undefined && wroteNothing(counts);
  const told = isNothing ? "nothing written" : parts.join(", ");
  // It had nothing else to do, so it was not stopped early.
  if (parts.length === 2 && waiting > 0 && waiting === counts?.written)
    return { tone: "warn", word: notResumed.word };
  if (state === "failed")
    return { tone: "stop", word: told === "" ? "Stopped early" : `Stopped early, ${told}` };
  if (counts === undefined) return { tone: "unknown", word: "Ended" };
  if (isNothing) return { tone: "warn", word: "Nothing written" };
  if (parts.length === 1 && counts.written > 0) return { tone: "ok", word: "Done" };
  return { tone: counts.overwritten > 0 ? "stop" : "warn", word: told };
}

/** `notResumed` of those written. */
export type ResultCounts = Record<ResetResult | "notResumed", number>;

export function countResults({ entries }: Pick<Reset, "entries">): ResultCounts {
  const counts: ResultCounts = {
    pending: 0,
    written: 0,
    conflict: 0,
    failed: 0,
    skipped: 0,
    unknown: 0,
    overwritten: 0,
    notResumed: 0,
  };
  for (const entry of entries) {
    counts[entry.result] += 1;
    if (isNotResumed(entry)) counts.notResumed += 1;
  }
  return counts;
}

export function wroteNothing({ written, overwritten, unknown }: ResultCounts): boolean {
  return written + overwritten + unknown === 0;
}

const tails: readonly (readonly [keyof ResultCounts, (n: number) => string])[] = [
  ["notResumed", (n) => `${plural(n, "partition")} ${n === 1 ? "has" : "have"} not resumed yet`],
  ["overwritten", (n) => `${formatCount(n)} ${was(n)} overwritten by a processor`],
  ["conflict", (n) => `${formatCount(n)} in conflict`],
  ["failed", (n) => `${formatCount(n)} failed`],
  ["unknown", (n) => `${formatCount(n)} unknown`],
  ["skipped", (n) => `${formatCount(n)} not changed`],
];

function was(n: number): string {
  return n === 1 ? "was" : "were";
}

export function resetSummary(reset: Reset): Phrase[] {
  const counts = countResults(reset);
  const all = reset.entries.length;
  const noun = isOfBlobs(reset) ? "blob" : "partition";
  // An overwritten partition was written before.
  const written = counts.written + counts.overwritten;
  const through = all - counts.pending;
  const rest = tails.flatMap(([result, text]) => (counts[result] > 0 ? [text(counts[result])] : []));
  if (reset.state === "running") {
    const are = through === 1 || all === 1 ? "is" : "are";
    return [{ strong: of(through, all, noun) }, ` ${are} done.`, ...sentence(rest)];
  }
  if (written === 0) {
    const told = wroteNothing(counts) ? "Nothing was written." : "No write is confirmed.";
    return [{ strong: told }, ...sentence(rest)];
  }
  const what = of(written, all, noun === "blob" ? noun : "checkpoint");
  return [{ strong: what }, ` ${was(written)} ${doneWord(reset)}.`, ...sentence(rest)];
}

function doneWord(reset: Reset): string {
  const done = reset.entries.filter(({ result }) => result === "written" || result === "overwritten");
  if (done.every(({ removes }) => removes === true)) return "deleted";
  const word = isOfBlobs(reset) ? actWords[reset.target.kind === "undo" ? "restore" : "repair"] : "written";
  return done.some(({ removes }) => removes === true) ? `deleted or ${word}` : word;
}

function of(n: number, all: number, noun: "partition" | "checkpoint" | "blob"): string {
  if (n < all) return `${formatCount(n)} of ${plural(all, noun)}`;
  if (all === 1) return `The ${noun}`;
  return all === 2 ? `Both ${noun}s` : `All ${formatCount(all)} ${noun}s`;
}

function sentence(parts: readonly string[]): string[] {
  if (parts.length === 0) return [];
  const [first = "", ...others] = parts;
  return [` ${[first.charAt(0).toUpperCase() + first.slice(1), ...others].join("; ")}.`];
}

const explained: ReadonlySet<ResetResult> = new Set(["overwritten", "conflict", "failed", "unknown"]);

export function resetCauses({ entries }: Pick<Reset, "entries">): Alike[] {
  return groupAlike(
    entries.flatMap(({ partitionId, result, reason }) =>
      reason !== null && (explained.has(result) || isNotResumed({ result, reason }))
        ? [{ partitionId, reason }]
        : [],
    ),
  );
}

export function nothingToUndo(reset: Reset): string | null {
  if (reset.state === "running") return "Still running. Undo it once it has ended.";
  return wroteNothing(countResults(reset)) ? "Nothing was written, so there is nothing to undo." : null;
}

/** False for what no refresh shows: a clean-up's blobs, and checkpoints that were deleted. */
export function isWatched({ entries, watchedUntil }: Pick<Reset, "entries" | "watchedUntil">): boolean {
  return watchedUntil !== null && !isOfBlobs({ entries }) && entries.some(({ removes }) => removes !== true);
}

export function watchedText(reset: Pick<Reset, "entries" | "endedAt" | "watchedUntil">): string {
  const { endedAt, watchedUntil } = reset;
  const ms = Date.parse(watchedUntil ?? "") - Date.parse(endedAt ?? "");
  const watched = ms > 0 ? `watched for ${formatDuration(ms / 1000)}` : "watched for a while";
  const { written, overwritten } = countResults(reset);
  const which = written + overwritten === 1 ? "it" : "them";
  const who = overwritten === 0 ? "No processor overwrote" : "A processor overwrote";
  const some = which === "it" || overwritten === 0 ? which : `${formatCount(overwritten)} of them`;
  return `${who} ${some} (${watched}).`;
}
