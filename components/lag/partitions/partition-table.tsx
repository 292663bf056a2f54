"use client";

import { type ReactNode, useCallback, useMemo } from "react";
import { ListTools, useList } from "#components/lag/overview/list-tools.tsx";
import { StatusMenu } from "#components/lag/status-menu.tsx";
import { Button } from "#components/ui/button.tsx";
import { SearchInput } from "#components/ui/form/search-input.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { DataTable } from "#components/ui/table/data-table.tsx";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { largest } from "#lib/client/lag/totals.ts";
import { partitionListParsers } from "#lib/client/url/page-state.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import { partitionColumns } from "./partition-columns.tsx";
import { PartitionDetails } from "./partition-details.tsx";
import { filterPartitions } from "./partition-filter.ts";
import { SelectionBar, useSelection } from "./partition-selection.tsx";

const furthestBehindFirst = [
  { column: "lag", descending: true },
  { column: "partition", descending: false },
];

const idOf = (partition: GroupPartition) => partition.partitionId;
interface Props {
  partitions: readonly GroupPartition[];
  fileName: string;
  ownerCell: (partition: GroupPartition) => ReactNode;
  renewedCell: (partition: GroupPartition) => ReactNode;
  /** Null: partitions can't be selected. */
  actions: ((partitionIds: readonly string[]) => ReactNode) | null;
  eventsOf?: (partition: GroupPartition) => ReactNode;
  asked?: string | null;
}

export function PartitionTable({
  partitions,
  fileName,
  ownerCell,
  renewedCell,
  actions,
  eventsOf,
  asked = null,
}: Props) {
  const [url, setUrl] = useQueryState(partitionListParsers);
  const largestLag = largest(partitions, (p) => (p.lagIsUpperBound ? null : p.lag))?.lag ?? 0;
  const withReasons = partitions.some((p) => p.reason !== null);
  const { selection, choose } = useSelection();
  const ticked = actions === null ? null : selection;
  const columns = useMemo(
    () => partitionColumns({ largestLag, withReasons, selection: ticked, ownerCell, renewedCell }),
    [largestLag, withReasons, ticked, ownerCell, renewedCell],
  );
  const details = useCallback(
    (partition: GroupPartition) => <PartitionDetails partition={partition} events={eventsOf?.(partition)} />,
    [eventsOf],
  );
  const filtered = useMemo(() => filterPartitions(partitions, url), [partitions, url]);
  const { sorted, shown } = useList({
    columns,
    rows: filtered,
    url,
    fallback: furthestBehindFirst,
  });
  const onSort = useCallback((sort: typeof url.sort) => setUrl({ sort }), [setUrl]);
  return (
    <>
      <ListTools
        noun="partition"
        total={partitions.length}
        rows={sorted}
        {...{ columns, shown, fileName }}
        onColumns={(ids) => setUrl({ columns: ids })}
      >
        <SearchInput label="Partition or owner" value={url.q} onChange={(q) => setUrl({ q })} />
        <StatusMenu checked={url.status} onChange={(status) => setUrl({ status })} />
        <Button
          aria-pressed={url.behind}
          onClick={() => setUrl({ behind: url.behind ? null : true })}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
          data-tip="Hides partitions that are caught up. Partitions with unknown lag stay."
        >
          With lag
        </Button>
      </ListTools>
      <DataTable
        label="Partitions"
        columns={shown}
        rows={sorted}
        rowId={idOf}
        sort={url.sort ?? { column: "lag", descending: true }}
        onSort={onSort}
        details={details}
        asked={asked}
        empty={
          <Message
            kind="noMatch"
            icon={<Icon name="search-x" className="size-6" />}
            title={
              url.behind && url.q === "" && url.status.length === 0
                ? "No partition has lag"
                : "No partition matches these filters"
            }
            actions={
              <Button onClick={() => setUrl({ q: null, status: null, behind: null })}>
                Show all {formatCount(partitions.length)}
              </Button>
            }
          />
        }
      />
      {actions === null || selection.ids.size === 0 ? null : (
        <SelectionBar
          count={selection.ids.size}
          shown={sorted.length}
          onAll={() => choose([...selection.ids, ...sorted.map(idOf)])}
          onNone={() => choose([])}
        >
          {actions([...selection.ids])}
        </SelectionBar>
      )}
    </>
  );
}
