"use client";

import { useMemo } from "react";
import { Button } from "#components/ui/button.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SortedTable } from "#components/ui/table/sorted-table.tsx";
import type { Column, CsvField, PlainColumn, SortState } from "#components/ui/table/table-model.ts";
import { CsvButton } from "#components/ui/table/table-tools.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { GroupMove, GroupMoveEntry } from "#lib/api/plans/group-moves.ts";
import { download, exportRows } from "#lib/client/format/csv.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { resultWordsOf } from "#lib/client/moves/group-move-words.ts";
import { consumerGroupPath, resetResultPath } from "#lib/client/url/paths.ts";
import { GroupResultChip } from "./group-result.tsx";

type Entry = GroupMoveEntry;

const inOrder = [
  { column: "hub", descending: false },
  { column: "group", descending: false },
] as const satisfies SortState[];
const idOf = ({ hub, group }: Entry) => JSON.stringify([hub, group]);

export function GroupMoveTable({ move }: { move: GroupMove }) {
  const { entries, startedAt, id, undoes } = move;
  const isBegun = startedAt !== null;
  const isOneHub = new Set(entries.map(({ hub }) => hub)).size === 1;
  const columns = useMemo(() => groupMoveColumns({ undoes }, isBegun, isOneHub), [undoes, isBegun, isOneHub]);
  return (
    <Panel
      title="Groups"
      note={plural(entries.length, "group")}
      side={
        <>
          <Button
            onClick={() => download(`move-${id}.json`, JSON.stringify(move, null, 2), "application/json")}
            data-tip="The whole report, as the API answers it"
          >
            JSON
          </Button>
          <CsvButton
            of="groups of the move"
            rows={entries.length}
            onClick={() => exportRows(`move-${id}.csv`, [...columns, ...csvAlso], entries)}
          />
        </>
      }
    >
      <SortedTable
        label="Groups of the move"
        columns={columns}
        rows={entries}
        rowId={idOf}
        order={inOrder}
        details={details}
      />
    </Panel>
  );
}

export function groupMoveColumns(
  move: Pick<GroupMove, "undoes">,
  isBegun: boolean,
  isOneHub: boolean,
): Column<Entry>[] {
  const isUndo = move.undoes !== null;
  const hub: PlainColumn<Entry> = {
    id: "hub",
    label: "Event hub",
    width: 160,
    phoneWidth: 0,
    cell: (entry) => <span className="foreign block truncate">{showText(entry.hub)}</span>,
    sortBy: (entry) => entry.hub,
    csv: (entry) => entry.hub,
  };
  return explained("groupMove", [
    ...(isOneHub ? [] : [hub]),
    {
      id: "group",
      label: "Group",
      width: 240,
      phoneWidth: 150,
      fixed: true,
      cell: ({ hub: id, group, store }) => (
        <Link
          href={consumerGroupPath(id, group, store)}
          className="foreign block truncate text-accent underline underline-offset-2"
        >
          {showText(group)}
        </Link>
      ),
      sortBy: ({ group }) => group,
      csv: ({ group }) => group,
    },
    {
      id: "result",
      label: isBegun ? "Result" : "State",
      width: 140,
      phoneWidth: 130,
      cell: ({ result }) => <GroupResultChip move={move} result={result} />,
      sortBy: ({ result }) => resultWordsOf(move)[result].word,
      csv: ({ result }) => resultWordsOf(move)[result].word,
    },
    count("toMove", "Checkpoints", ({ partitions }) => partitions.toMove),
    ...(isBegun
      ? [count("written", "Written", ({ partitions }) => partitions.written)]
      : [
          count(
            "unchanged",
            isUndo ? "Undone before" : "Already there",
            ({ partitions }) => partitions.unchanged,
          ),
        ]),
    count("blocked", "Blocked", ({ partitions }) => partitions.blocked),
    {
      id: "why",
      label: "Why",
      width: 380,
      grows: true,
      phoneWidth: 0,
      cell: ({ reason }) =>
        reason === null ? null : (
          <span className="block truncate text-muted" data-tip={reason.message}>
            {reason.message}
          </span>
        ),
      csv: ({ reason }) => reason?.message ?? null,
      csvAlso: [{ label: "Reason code", csv: ({ reason }) => reason?.code ?? null }],
    },
  ]);
}

const csvAlso: readonly CsvField<Entry>[] = [
  { label: "From store", csv: ({ store }) => store },
  { label: "To store", csv: ({ to }) => to },
  { label: "Reset IDs", csv: ({ resetIds }) => resetIds.join(" ") },
];

function count(id: string, label: string, of: (entry: Entry) => number): PlainColumn<Entry> {
  return {
    id,
    label,
    width: 116,
    phoneWidth: 0,
    figure: true,
    cell: (entry) => formatCount(of(entry)),
    sortBy: of,
    csv: of,
  };
}

function details({ reason, warnings, partitions, resetIds, store, to }: Entry) {
  const { toMove, written, unchanged, withoutCheckpoint, blocked } = partitions;
  return (
    <div className="flex flex-col gap-2">
      {[...(reason === null ? [] : [reason]), ...warnings].map(({ code, message }) => (
        <p key={code + message} className="max-w-4xl text-pretty break-words">
          <TimedText text={message} />
          <HelpMark href={reasonPath(code)} of={code} />
        </p>
      ))}
      <p className="figures text-muted text-note">
        From <span className="foreign font-mono">{store}</span> to{" "}
        <span className="foreign font-mono">{to === "" ? "no store" : to}</span> ·{" "}
        {plural(toMove, "checkpoint")} planned · {formatCount(written)} written · {formatCount(unchanged)}{" "}
        unchanged · {formatCount(blocked)} blocked · {plural(withoutCheckpoint, "partition")} without
        checkpoint
      </p>
      {resetIds.map((id, at) => (
        <p key={id}>
          <Link href={resetResultPath(id)} className="text-accent underline underline-offset-2">
            {resetIds.length === 1 ? "Its reset, and its undo" : `Reset ${at + 1}, and its undo`}
          </Link>
        </p>
      ))}
    </div>
  );
}
