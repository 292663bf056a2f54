"use client";

import { SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { Button } from "#components/ui/button.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Message } from "#components/ui/message.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { shownColumns, useSortedRows } from "#components/ui/table-model.ts";
import { ColumnMenu, CsvButton, TableTools } from "#components/ui/table-tools.tsx";
import type { Partition } from "#lib/api/event-hub.ts";
import { exportRows } from "#lib/client/csv.ts";
import { formatCount, plural } from "#lib/client/format.ts";
import { largest } from "#lib/client/totals.ts";
import { hubPartitionParsers } from "#lib/client/url-state.ts";
import { hubPartitionColumns } from "./hub-partition-columns.tsx";

const byId = [{ column: "partition", descending: false }];
const idOf = (partition: Partition) => partition.partitionId;

/** A hub's partitions with what comes in on each. */
export function HubPartitionTable({
  partitions,
  fileName,
}: {
  partitions: readonly Partition[];
  fileName: string;
}) {
  const [url, setUrl] = useQueryStates(hubPartitionParsers);
  const largestRate = largest(partitions, (p) => p.eventsInPerSecond)?.eventsInPerSecond ?? 0;
  const columns = useMemo(() => hubPartitionColumns(largestRate), [largestRate]);
  const filtered = useMemo(() => {
    const ids = url.q
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean);
    return ids.length === 0
      ? partitions
      : partitions.filter((p) => ids.includes(p.partitionId.toLowerCase()));
  }, [partitions, url.q]);
  const sorted = useSortedRows({ columns, rows: filtered, rowId: idOf, sort: url.sort, fallback: byId });
  const shown = useMemo(() => shownColumns(columns, url.columns), [columns, url.columns]);
  const onSort = useCallback((sort: typeof url.sort) => void setUrl({ sort }), [setUrl]);
  const all = plural(partitions.length, "partition");
  return (
    <>
      <TableTools
        count={sorted.length === partitions.length ? all : `${formatCount(sorted.length)} of ${all}`}
        side={
          <>
            <ColumnMenu columns={columns} shown={shown} onChange={(ids) => void setUrl({ columns: ids })} />
            <CsvButton rows={sorted.length} onClick={() => exportRows(fileName, shown, sorted)} />
          </>
        }
      >
        <SearchInput label="Partition ids" value={url.q} onChange={(q) => void setUrl({ q })} />
      </TableTools>
      <DataTable
        label="Partitions"
        columns={shown}
        rows={sorted}
        rowId={idOf}
        sort={url.sort ?? { column: "partition", descending: false }}
        onSort={onSort}
        empty={
          <Message
            kind="noMatch"
            icon={<SearchX className="size-6" />}
            title={partitions.length === 0 ? "No partition was read" : "No partition has one of these ids"}
            {...(partitions.length === 0
              ? {}
              : {
                  actions: (
                    <Button onClick={() => void setUrl({ q: null })}>
                      Show all {formatCount(partitions.length)}
                    </Button>
                  ),
                })}
          />
        }
      />
    </>
  );
}
