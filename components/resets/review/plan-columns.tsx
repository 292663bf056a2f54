"use client";

import { Ban, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { blobColumn, partitionColumn } from "#components/resets/partition-column.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { Column, PlainColumn } from "#components/ui/table/table-model.ts";
import type { ResetPlanEntry } from "#lib/api/resets.ts";
import { formatCount, formatDuration } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { StampedMoment, ZonedMoment } from "#lib/client/format/use-times.ts";
import { explained, wordKey } from "#lib/client/help/explanation-keys.ts";
import { actWords, cleanupWords } from "#lib/client/resets/blob-words.ts";
import { boundedCount, countBound, fateOf } from "#lib/client/resets/plan-totals.ts";

export interface PlanColumnOptions {
  isUndo: boolean;
  /** Some events may be read for the first time. */
  isNew?: boolean;
  isBlobs: boolean;
  isLive?: boolean;
  /** The target was typed as a number, so the next event is told by its number too. */
  byNumber?: boolean;
  /** False: no entry has one, and the column would be empty. */
  hasIssues?: boolean;
  ownerName: (ownerId: string) => ReactNode;
  /** The name of the zone that times are shown in. */
  zone: string;
}

type Entry = ResetPlanEntry;

const numberWidth = 66;
const time = (at: string | null | undefined) => (at ? Date.parse(at) : null);

function obstacle({ blockedBy, warnings }: Entry): number {
  return blockedBy !== null ? 2 : warnings.length > 0 ? 1 : 0;
}

export function isObstructed(entry: Entry): boolean {
  return obstacle(entry) > 0;
}

/** An object with a method of the name `then` would pass for a promise. */
export const explanationName = (id: string) => (id === "then" ? "target" : id);

export function planColumns(options: PlanColumnOptions): Column<Entry>[] {
  const { isUndo, isNew = false, isBlobs, isLive = false, byNumber = false, ownerName, zone } = options;
  const issues = byNumber ? { ...issuesColumn, width: issuesColumn.width - numberWidth } : issuesColumn;
  const last = (options.hasIssues ?? true) ? [issues] : [];
  if (isBlobs) return explained("cleanup", [...blobColumns, ...last], explanationName);
  return explained(
    "plan",
    [
      partitionColumn,
      {
        id: "now",
        label: "Checkpoint now",
        width: 136,
        phoneWidth: 100,
        figure: true,
        cell: ({ current }) =>
          current === null ? <span className="text-faint">none</span> : formatCount(current.sequenceNumber),
        sortBy: ({ current }) => current?.sequenceNumber ?? null,
        csv: ({ current }) => current?.sequenceNumber ?? null,
      },
      {
        id: "then",
        label: "Checkpoint then",
        width: 144,
        phoneWidth: 124,
        figure: true,
        cell: (entry) => <Then entry={entry} />,
        sortBy: ({ target }) => target?.sequenceNumber ?? null,
        csv: ({ target }) => target?.sequenceNumber ?? null,
      },
      {
        id: "resumes",
        label: `Resumes at (${zone})`,
        csvLabel: "Resumes at",
        width: byNumber ? 176 + numberWidth : 176,
        phoneWidth: 0,
        cell: (entry) => <Resumes entry={entry} byNumber={byNumber} />,
        sortBy: ({ resumesAt }) => time(resumesAt?.enqueuedAt),
        csvTime: ({ resumesAt }) => resumesAt?.enqueuedAt ?? null,
      },
      boundColumn("again", isNew ? "Read" : "Read again", "replays", isLive),
      boundColumn("skipped", "Skipped", "skips", isLive),
      ...(isUndo ? [countColumn("since", "Processed since", ({ processedSince }) => processedSince)] : []),
      ...(isLive ? [pauseColumn(ownerName)] : []),
      ...last,
    ],
    explanationName,
  );
}

function pauseColumn(ownerName: PlanColumnOptions["ownerName"]): PlainColumn<Entry> {
  return {
    id: "pause",
    label: "Pause",
    width: 208,
    phoneWidth: 0,
    descendingFirst: true,
    cell: (entry) =>
      entry.holds === null ? <span className="text-faint">—</span> : <Held {...{ entry, ownerName }} />,
    sortBy: ({ holds }) => holds?.seconds ?? null,
    csvUnit: "seconds",
    csv: ({ holds }) => holds?.seconds ?? null,
    csvAlso: [{ label: "Paused owner", csv: ({ holds }) => holds?.ownerId ?? null }],
  };
}

const issuesColumn: PlainColumn<Entry> = {
  id: "way",
  label: "Issues",
  width: 330,
  grows: true,
  phoneWidth: 0,
  descendingFirst: true,
  cell: (entry) => <InTheWay entry={entry} />,
  sortBy: obstacle,
  csv: (entry) => textsOf(entry).join(" ") || null,
};

const blobColumns: PlainColumn<Entry>[] = [
  blobColumn,
  {
    id: "then",
    label: "Then",
    width: 120,
    phoneWidth: 110,
    cell: (entry) => <Becomes entry={entry} />,
    csv: ({ cleans }) => (cleans === undefined ? null : actWords[cleans.act]),
  },
  {
    id: "why",
    label: "Why",
    width: 200,
    phoneWidth: 0,
    cell: ({ cleans }) => (cleans === undefined ? null : cleanupWords[cleans.why]),
    csv: ({ cleans }) => (cleans === undefined ? null : cleanupWords[cleans.why]),
  },
  {
    id: "age",
    label: "Age",
    width: 96,
    phoneWidth: 0,
    figure: true,
    cell: ({ cleans }) => (cleans === undefined ? null : formatDuration(cleans.ageSeconds)),
    sortBy: ({ cleans }) => cleans?.ageSeconds ?? null,
    csvUnit: "seconds",
    csv: ({ cleans }) => cleans?.ageSeconds ?? null,
  },
  {
    id: "size",
    label: "Bytes",
    width: 84,
    phoneWidth: 0,
    figure: true,
    cell: ({ cleans }) => formatCount(cleans?.sizeBytes ?? null),
    sortBy: ({ cleans }) => cleans?.sizeBytes ?? null,
    csv: ({ cleans }) => cleans?.sizeBytes ?? null,
  },
];

function countColumn(id: string, label: string, value: (entry: Entry) => number | null): PlainColumn<Entry> {
  return {
    id,
    label,
    width: label.length > 10 ? 120 : 96,
    phoneWidth: 0,
    figure: true,
    cell: (entry) => {
      const count = value(entry);
      return <span className={count === null || count === 0 ? "text-faint" : ""}>{formatCount(count)}</span>;
    },
    sortBy: value,
    csv: value,
  };
}

function boundColumn(
  id: string,
  label: string,
  name: "replays" | "skips",
  isLive: boolean,
): PlainColumn<Entry> {
  const column = countColumn(id, label, (entry) => entry[name]);
  if (!isLive) return column;
  return {
    ...column,
    cell: (entry) => <BoundedCount entry={entry} name={name} />,
    csvAlso: [{ label: `${label} is a bound`, csv: (entry) => countBound(entry, name) !== "" }],
  };
}

const boundTips = {
  "": null,
  "≥": "At least: the processor reads on until the partition’s wave.",
  "≤": "At most: the processor reads on until the partition’s wave.",
};

function BoundedCount({ entry, name }: { entry: Entry; name: "replays" | "skips" }) {
  const tip = boundTips[countBound(entry, name)];
  return (
    <span className={entry[name] ? "" : "text-faint"} {...(tip === null ? {} : { "data-tip": tip })}>
      {boundedCount(entry, name)}
    </span>
  );
}

function Then({ entry }: { entry: Entry }) {
  if (becomesText(entry) === null) return <Becomes entry={entry} />;
  return (
    <span className="flex items-center justify-between gap-2">
      <span aria-hidden className="text-faint">
        →
      </span>
      <Becomes entry={entry} />
    </span>
  );
}

function Becomes({ entry }: { entry: Entry }) {
  const becomes = becomesText(entry);
  if (becomes === null) return <span className="text-faint">—</span>;
  if (fateOf(entry) === "moves") return <strong className="font-semibold">{becomes}</strong>;
  return (
    <span className="text-muted" data-tip="Takes effect once nothing blocks it.">
      {becomes}
    </span>
  );
}

/** Null: no target, so nobody knows what would be written. */
function becomesText({ cleans, removes, target }: Entry): string | null {
  if (cleans !== undefined) return actWords[cleans.act];
  if (removes === true) return "deleted";
  return target === null ? null : formatCount(target.sequenceNumber);
}

/** @param isAlone no column's head names the zone */
export function Resumes(props: { entry: Entry; byNumber: boolean; isAlone?: boolean }) {
  const { entry, byNumber, isAlone = false } = props;
  const { resumesAt } = entry;
  const isNowhere = fateOf(entry) === "blocked" && entry.target === null;
  if (isNowhere || entry.removes === true) return <span className="text-faint">—</span>;
  if (resumesAt === null) return <span className="text-muted">next new event</span>;
  const { enqueuedAt, sequenceNumber } = resumesAt;
  if (enqueuedAt === null) return <span className="figures">event {formatCount(sequenceNumber)}</span>;
  const Moment = isAlone ? ZonedMoment : StampedMoment;
  const clock = <Moment at={enqueuedAt} className="figures" />;
  if (!byNumber) return clock;
  return (
    <span className="figures">
      event {formatCount(sequenceNumber)} <span className="text-muted">· {clock}</span>
    </span>
  );
}

function textsOf({ blockedBy, warnings }: Entry): string[] {
  return (blockedBy === null ? warnings : [blockedBy]).map(({ message }) => message);
}

/** Shows two lines; the rest is on hover and in the details. */
function InTheWay({ entry }: { entry: Entry }) {
  const texts = textsOf(entry);
  const [text] = texts;
  if (text === undefined) return null;
  return (
    <span className="flex min-w-0 items-start gap-2 py-1" data-tip={texts.join("\n")}>
      <WayChip entry={entry} />
      <span className="line-clamp-2 min-w-0 text-muted">
        <TimedText text={text} />
      </span>
    </span>
  );
}

export function WayChip({ entry: { blockedBy, warnings } }: { entry: Entry }) {
  if (blockedBy !== null) {
    return (
      <Chip
        tone="stop"
        icon={<Ban aria-hidden className="size-3.5" strokeWidth={2.5} />}
        word="Blocked"
        about={wordKey("issue", "blocked")}
      />
    );
  }
  return (
    <Chip
      tone="warn"
      icon={<TriangleAlert aria-hidden className="size-3.5" strokeWidth={2.5} />}
      word={warnings.length === 1 ? "Warning" : `${warnings.length} warnings`}
      about={wordKey("issue", "warning")}
    />
  );
}

export function Held({
  entry: { holds },
  ownerName,
}: Pick<PlanColumnOptions, "ownerName"> & { entry: Entry }) {
  if (holds === null) return null;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-muted">
      {ownerName(holds.ownerId)}
      <span>for about {formatDuration(holds.seconds)}</span>
    </span>
  );
}
