import { operationOf } from "#lib/api/reasons/operation.ts";
import type { Reset, ResetEntry, ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { formatDuration, unknownMark } from "#lib/client/format/format.ts";
import { spellingsOf } from "#lib/client/moves/target-spellings.ts";
import { type Alike, groupAlike, ofWhom } from "#lib/client/resets/alike.ts";
import { actWords, cleanupWords, isOfBlobs } from "#lib/client/resets/blob-words.ts";
import { blocksOf, boundedCount, fateOf, warningsOf } from "#lib/client/resets/plan-totals.ts";
import { liveSummary, planSummary } from "#lib/client/resets/plan-words.ts";
import { entryWords } from "#lib/client/resets/reset-words.ts";
import { restOf, restWords } from "#lib/client/resets/result/rest-of-reset.ts";
import { plainText } from "#lib/client/resets/target-words.ts";
import { formatRanges } from "#lib/core/figures.ts";
import type { Column } from "../output/table.ts";

export function columnsOf(plan: ResetPlan): Column<ResetPlanEntry>[] {
  if (plan.target.kind === "cleanup" || isOfBlobs(plan)) return blobColumns;
  const [first, ...rest] = planColumns;
  return plan.target.kind === "move" && first !== undefined
    ? [first, ...sourceColumns, ...rest.toSpliced(-1, 0, ...targetColumns(plan))]
    : planColumns;
}

const note = ({ blockedBy, clampedTo }: ResetPlanEntry) =>
  blockedBy === null ? (clampedTo === null ? "" : `the ${clampedTo} that there is`) : "blocked";

const sourceColumns: Column<ResetPlanEntry>[] = [
  {
    title: "MOVES",
    name: "sourceSequenceNumber",
    value: ({ source }) => source?.sequenceNumber,
    isNumber: true,
  },
  { title: "FROM LAYOUT", name: "sourceFormat", value: ({ source }) => source?.format },
  {
    title: "FROM BLOB",
    name: "sourceBlobName",
    value: ({ source }) => source?.blobName,
    isLong: true,
    isWide: true,
  },
  { title: "FROM OWNER", name: "sourceOwner", value: ({ owners }) => owners?.source, isWide: true },
];

/** A narrow table names the blobs only where the move writes more than one spelling. */
function targetColumns({ entries }: ResetPlan): Column<ResetPlanEntry>[] {
  return [
    {
      title: "TO BLOB",
      name: "targetBlobName",
      value: ({ targetBlobName }) => targetBlobName,
      isLong: true,
      ...(spellingsOf(entries).size > 1 ? {} : { isWide: true }),
    },
    { title: "TO OWNER", name: "targetOwner", value: ({ owners }) => owners?.target, isWide: true },
  ];
}

const blobColumns: Column<ResetPlanEntry>[] = [
  { title: "BLOB", name: "blobName", value: ({ partitionId }) => partitionId, isLong: true },
  { title: "BECOMES", name: "act", value: ({ cleans }) => cleans && actWords[cleans.act] },
  { title: "WHY", name: "why", value: ({ cleans }) => cleans && cleanupWords[cleans.why] },
  { title: "BYTES", name: "sizeBytes", value: ({ cleans }) => cleans?.sizeBytes, isNumber: true },
  {
    title: "AGE",
    name: "ageSeconds",
    value: ({ cleans }) => cleans?.ageSeconds,
    text: ({ cleans }) => (cleans === undefined ? "" : formatDuration(cleans.ageSeconds)),
    isNumber: true,
  },
  { title: "NOTE", name: "blockedBy", value: ({ blockedBy }) => blockedBy?.message, text: note },
];

const planColumns: Column<ResetPlanEntry>[] = [
  { title: "PARTITION", name: "partitionId", value: ({ partitionId }) => partitionId },
  {
    title: "CHECKPOINT",
    name: "currentSequenceNumber",
    value: ({ current }) => current?.sequenceNumber,
    isNumber: true,
  },
  {
    title: "BECOMES",
    name: "targetSequenceNumber",
    value: ({ target }) => target?.sequenceNumber,
    isNumber: true,
  },
  {
    title: "RESUMES AT",
    name: "resumesAt",
    value: ({ resumesAt }) => resumesAt?.sequenceNumber,
    text: resumes,
    isNumber: true,
  },
  count("REPLAYS", "replays"),
  count("SKIPS", "skips"),
  {
    title: "NOTE",
    name: "blockedBy",
    value: ({ blockedBy }) => blockedBy?.message,
    text: note,
  },
];

function resumes({ target, resumesAt, resumesAt: at }: ResetPlanEntry): string {
  if (target === null) return unknownMark;
  return resumesAt === null ? "the end" : String(at?.sequenceNumber);
}

function count(title: string, name: "replays" | "skips"): Column<ResetPlanEntry> {
  return {
    title,
    name,
    value: (entry) => entry[name],
    text: (entry) => boundedCount(entry, name),
    isNumber: true,
  };
}

export function planSentences(plan: ResetPlan): string[] {
  const { blockedBy, warnings, notes = [] } = plan;
  const live = liveSummary(plan);
  const summary = plainText(planSummary(plan));
  return [
    summary,
    ...(live === null ? [] : [live]),
    ...notes.map(({ message }) => message),
    ...(blockedBy === null || blockedBy.message === summary ? [] : [blockedBy.message]),
    ...warnings.map(({ message }) => message),
    ...[
      ...groupAlike(blocksOf(plan).filter(({ reason }) => reason.message !== blockedBy?.message)),
      ...groupAlike(warningsOf(plan)),
    ].map(toldOf),
  ];
}

export function toldOf(alike: Alike): string {
  return `${ofWhom(alike)}: ${alike.reason.message}`;
}

/** What is left, and how the same command plans it. Where that is all of it, the command itself does. */
export function restLines(reset: Reset): string[] {
  const rest = restOf(reset);
  if (rest === null || rest.isAll) return [];
  const { left } = restWords(reset, rest);
  const isByPartition = operationOf(reset).entry === "partition";
  return [isByPartition ? `${left} To plan them: --partitions ${formatRanges(rest.partitionIds)}` : left];
}

export function writable({ blockedBy, entries }: ResetPlan): number {
  return blockedBy === null ? entries.filter((entry) => fateOf(entry) === "moves").length : 0;
}

export function resultColumnsOf(reset: Pick<Reset, "entries">): Column<ResetEntry>[] {
  if (!isOfBlobs(reset)) return resultColumns;
  return resultColumns.map((column) =>
    column.name === "partitionId" ? { ...column, title: "BLOB", isLong: true } : column,
  );
}

const resultColumns: Column<ResetEntry>[] = [
  { title: "PARTITION", name: "partitionId", value: ({ partitionId }) => partitionId },
  {
    title: "RESULT",
    name: "result",
    value: ({ result }) => result,
    text: (entry) => entryWords(entry).word,
    tone: (entry) => entryWords(entry).tone,
  },
  {
    title: "BEFORE",
    name: "beforeSequenceNumber",
    value: ({ before }) => before?.sequenceNumber,
    isNumber: true,
  },
  {
    title: "AFTER",
    name: "afterSequenceNumber",
    value: ({ after }) => after?.sequenceNumber,
    isNumber: true,
  },
  {
    title: "WHY",
    name: "reason",
    value: ({ reason }) => reason?.message,
    text: ({ reason }) => reason?.message ?? "",
    isLong: true,
  },
];
