"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { entryBelow, messageBelow } from "#components/resets/entry-below.tsx";
import { Failure } from "#components/resets/failure.tsx";
import { Phrases } from "#components/resets/phrases.tsx";
import { DataTable } from "#components/ui/table/data-table.tsx";
import { type SortState, useSortedRows } from "#components/ui/table/table-model.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { isOfBlobs } from "#lib/client/resets/blob-words.ts";
import { resetQuery } from "#lib/client/resets/reset-queries.ts";
import { type EntryLine, resetSummary } from "#lib/client/resets/reset-words.ts";
import { resetColumns } from "./reset-columns.tsx";

const inOrder = [{ column: "partition", descending: false }];
const idOf = ({ partitionId }: EntryLine) => partitionId;

export function EntryLines({ lines, notListed }: { lines: readonly EntryLine[]; notListed: number }) {
  const [sort, setSort] = useState<SortState | null>(null);
  const isBlobs = isOfBlobs({ entries: lines });
  const columns = useMemo(() => resetColumns({ isLive: false, isBlobs, ownerName: (id) => id }), [isBlobs]);
  const rows = useSortedRows({ columns, rows: lines, sort, fallback: inOrder });
  return (
    <div className="flex flex-col gap-2">
      <div className="overflow-clip rounded-lg border border-line bg-surface">
        <DataTable
          label="Before and after"
          columns={columns}
          rows={rows}
          rowId={idOf}
          sort={sort ?? inOrder[0] ?? null}
          onSort={setSort}
          below={messageBelow}
          belowOnPhone={entryBelow}
        />
      </div>
      {notListed === 0 ? null : (
        <p className="text-note text-muted">And {formatCount(notListed)} more: its own page has them all.</p>
      )}
    </div>
  );
}

export function ResetEntries({ resetId }: { resetId: string }) {
  const { data: reset, error } = useQuery(resetQuery(resetId));
  if (reset === undefined && error !== null)
    return <Failure title="The reset can’t be loaded" error={error} />;
  if (reset === undefined) return <p role="status">Loading the partitions…</p>;
  return (
    <>
      <p>
        As it is now: <Phrases phrases={resetSummary(reset)} />
      </p>
      <EntryLines lines={reset.entries} notListed={0} />
    </>
  );
}
