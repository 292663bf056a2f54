"use client";

import type { ReactNode } from "react";
import { blobColumn, partitionColumn } from "#components/resets/partition-column.tsx";
import type { Column, PlainColumn } from "#components/ui/table/table-model.ts";
import type { ResetPlanEntry } from "#lib/api/resets.ts";
import { formatCount, formatDuration } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import { actWords, cleanupWords } from "#lib/client/resets/blob-words.ts";
import { countBound } from "#lib/client/resets/plan-totals.ts";
import { Becomes, BoundedCount, Held, InTheWay, Resumes, Then, textsOf } from "./plan-cells.tsx";

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
