"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { DataTable } from "#components/ui/data-table.tsx";
import { type SortState, useSortedRows } from "#components/ui/table-model.ts";
import type { ResetEntry } from "#lib/api/resets.ts";
import { resetQuery } from "#lib/client/reset-queries.ts";
import { resetSummary } from "#lib/client/reset-words.ts";
import { Failure } from "./failure.tsx";
import { Phrases } from "./phrases.tsx";
import { resetColumns } from "./reset-columns.tsx";

const inOrder = [{ column: "partition", descending: false }];
const idOf = ({ partitionId }: ResetEntry) => partitionId;
const none: readonly ResetEntry[] = [];

/** What a reset replaced and wrote, partition by partition, within another list. */
export function ResetEntries({ resetId }: { resetId: string }) {
  const { data: reset, error } = useQuery(resetQuery(resetId));
  const [sort, setSort] = useState<SortState | null>(null);
  const columns = useMemo(() => resetColumns({ isLive: false, ownerName: (id) => id }), []);
  const rows = useSortedRows({
    columns,
    rows: reset?.entries ?? none,
    rowId: idOf,
    sort,
    fallback: inOrder,
  });
  if (reset === undefined && error !== null) return <Failure title="The reset can’t be read" error={error} />;
  if (reset === undefined) return <p role="status">Its partitions are being read…</p>;
  return (
    <div className="flex flex-col gap-2">
      <p>
        <Phrases phrases={resetSummary(reset)} />
      </p>
      <div className="overflow-clip rounded-lg border border-line bg-surface">
        <DataTable
          label="Before and after"
          columns={columns}
          rows={rows}
          rowId={idOf}
          sort={sort ?? inOrder[0] ?? null}
          onSort={setSort}
        />
      </div>
    </div>
  );
}
