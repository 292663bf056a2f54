import type {
  LiveStep,
  Reset,
  ResetEntry,
  ResetResult,
  Resets,
  StandingCheckpoint,
} from "#lib/api/resets.ts";
import type { Status } from "#lib/api/status.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { type Alike, groupAlike } from "./alike.ts";
import type { Phrase } from "./plan-words.ts";

interface Words {
  /** The colour's name; the word beside it says the same. */
  tone: Status;
  word: string;
  /** What it means, a hover away. */
  meaning: string;
}

const resultWords: Record<ResetResult, Words> = {
  pending: {
    tone: "unknown",
    word: "Waiting",
    meaning: "Its turn has not come yet, or its answer is on the way.",
  },
  written: { tone: "ok", word: "Written", meaning: "The new checkpoint stands in the store." },
  conflict: {
    tone: "warn",
    word: "Left alone",
    meaning: "It was not as it had been at the review any more: nothing was written.",
  },
  failed: {
    tone: "stop",
    word: "Failed",
    meaning: "The write failed; what stands in the store is what stood there before.",
  },
  skipped: {
    tone: "unknown",
    word: "Skipped",
    meaning: "Nothing was written: its turn never came, or the review left it alone.",
  },
  unknown: {
    tone: "warn",
    word: "Not known",
    meaning:
      "The checkpoint has moved, and whether it was written, or still stood when a processor came back, can't be told.",
  },
  overwritten: {
    tone: "stop",
    word: "Overwritten",
    meaning: "It was written, and a processor has written its own position over it since.",
  },
};

/** What a line of a reset shows, from the reset itself or from the record of it. */
export interface EntryLine extends Pick<ResetEntry, "partitionId" | "result" | "reason" | "live"> {
  before: Pick<StandingCheckpoint, "sequenceNumber"> | null;
  after: Pick<StandingCheckpoint, "sequenceNumber"> | null;
}

/** A live reset has a partition in hand. */
export function isUnderWay({ result, live }: Pick<ResetEntry, "result" | "live">): boolean {
  return result === "pending" && live !== null && live.step !== "waiting" && live.step !== "ended";
}

const stands: ReadonlySet<LiveStep> = new Set(["holding", "releasing", "verifying"]);

/** The checkpoint that a live reset has written where it is not through with the partition yet; else null. */
export function standsAlready({ result, live }: Pick<ResetEntry, "result" | "live">): number | null {
  return result === "pending" && live !== null && stands.has(live.step) ? (live.target ?? null) : null;
}

/** What came of a partition, or that it is under way. */
export function entryWords(entry: Pick<ResetEntry, "result" | "live">): Words {
  if (isUnderWay(entry)) {
    return { tone: "rewind", word: "Under way", meaning: "Its step says what is being done with it." };
  }
  return resultWords[entry.result];
}

export const stepWords: Record<LiveStep, { word: string; meaning: string }> = {
  waiting: { word: "Waits", meaning: "Partitions go in small waves; its wave has not begun." },
  claiming: { word: "Claiming", meaning: "Takes the partition's ownership, as another processor would." },
  fencing: {
    word: "Holding off",
    meaning: "Attaches a reader of a higher level, which detaches the processor.",
  },
  writing: { word: "Writing", meaning: "Writes the new checkpoint, on condition that nobody has moved it." },
  holding: {
    word: "Holding",
    meaning: "Keeps the processor off until nothing of what it still had in hand is written any more.",
  },
  releasing: { word: "Giving back", meaning: "Closes the reader and releases the ownership." },
  verifying: {
    word: "Watching",
    meaning: "Waits for a processor to come back and go on from the new place.",
  },
  aborting: { word: "Breaking off", meaning: "Closes the reader and gives the ownership back." },
  ended: { word: "Ended", meaning: "Nothing is held any more." },
};

export type ResetHead = Pick<Resets["resets"][number], "state">;

const titleWords: readonly (readonly [ResetResult, string])[] = [
  ["written", "written"],
  ["overwritten", "overwritten"],
  ["unknown", "not known"],
  ["failed", "failed"],
  ["conflict", "left alone"],
  ["skipped", "skipped"],
];

/**
 * A reset as a whole: "Done" only where every partition was written, else how many came to what. Without counts it
 * is not known, and not called done.
 */
export function stateWords(
  { state }: ResetHead,
  counts?: ResultCounts,
): { tone: "ok" | "warn" | "stop" | "rewind" | "unknown"; word: string } {
  if (state === "running") return { tone: "rewind", word: "Running" };
  const parts = titleWords.flatMap(([result, word]) => {
    const count = counts?.[result] ?? 0;
    return count === 0 ? [] : [`${formatCount(count)} ${word}`];
  });
  const isNothing = counts !== undefined && wroteNothing(counts);
  const told = isNothing ? "nothing written" : parts.join(", ");
  if (state === "failed") return { tone: "stop", word: told === "" ? "Broken off" : `Broken off, ${told}` };
  if (counts === undefined) return { tone: "unknown", word: "Ended" };
  if (isNothing) return { tone: "warn", word: "Nothing written" };
  if (parts.length === 1 && counts.written > 0) return { tone: "ok", word: "Done" };
  return { tone: counts.overwritten > 0 ? "stop" : "warn", word: told };
}

export type ResultCounts = Record<ResetResult, number>;

export function countResults({ entries }: Pick<Reset, "entries">): ResultCounts {
  const counts: ResultCounts = {
    pending: 0,
    written: 0,
    conflict: 0,
    failed: 0,
    skipped: 0,
    unknown: 0,
    overwritten: 0,
  };
  for (const { result } of entries) counts[result] += 1;
  return counts;
}

/** None of it was written, nor may have been. */
export function wroteNothing({ written, overwritten, unknown }: ResultCounts): boolean {
  return written + overwritten + unknown === 0;
}

const tails: readonly (readonly [ResetResult, (n: number) => string])[] = [
  ["overwritten", (n) => `${formatCount(n)} ${was(n)} written over by a processor afterwards`],
  ["conflict", (n) => `${formatCount(n)} ${was(n)} left alone`],
  ["failed", (n) => `${formatCount(n)} failed`],
  ["unknown", (n) => `of ${formatCount(n)} it is not known`],
  ["skipped", (n) => `${formatCount(n)} ${was(n)} skipped`],
];

function was(n: number): string {
  return n === 1 ? "was" : "were";
}

/** A reset in sentences: how far it is, or what came of it. */
export function resetSummary(reset: Reset): Phrase[] {
  const counts = countResults(reset);
  const all = reset.entries.length;
  // What was written over has been written before.
  const written = counts.written + counts.overwritten;
  const through = all - counts.pending;
  const rest = tails.flatMap(([result, text]) => (counts[result] > 0 ? [text(counts[result])] : []));
  if (reset.state === "running") {
    return [{ strong: of(through, all) }, ` ${through === 1 ? "is" : "are"} through.`, ...sentence(rest)];
  }
  if (written === 0) {
    const told = wroteNothing(counts) ? "Nothing was written." : "Nothing is known to have been written.";
    return [{ strong: told }, ...sentence(rest)];
  }
  return [{ strong: of(written, all) }, ` ${was(written)} written.`, ...sentence(rest)];
}

function of(n: number, all: number): string {
  if (n < all) return `${formatCount(n)} of ${plural(all, "partition")}`;
  if (all === 1) return "The partition";
  return all === 2 ? "Both partitions" : `All ${formatCount(all)} partitions`;
}

function sentence(parts: readonly string[]): string[] {
  if (parts.length === 0) return [];
  const [first = "", ...others] = parts;
  return [` ${[first.charAt(0).toUpperCase() + first.slice(1), ...others].join("; ")}.`];
}

const explained: ReadonlySet<ResetResult> = new Set(["overwritten", "conflict", "failed", "unknown"]);

/** Why partitions went otherwise, as it was seen at each of them. */
export function resetCauses({ entries }: Pick<Reset, "entries">): Alike[] {
  return groupAlike(
    entries.flatMap(({ partitionId, result, reason }) =>
      explained.has(result) && reason !== null ? [{ partitionId, reason }] : [],
    ),
  );
}

/** Why a reset can't be undone now; null where a plan for that can be made. */
export function nothingToUndo(reset: Reset): string | null {
  if (reset.state === "running")
    return "It still runs: what it has replaced can be undone once it has ended.";
  return wroteNothing(countResults(reset)) ? "It has written nothing that could be undone." : null;
}
