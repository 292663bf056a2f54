"use client";

import { useCallback, useMemo } from "react";
import { ListTools, useList } from "#components/lag/overview/list-tools.tsx";
import { Button } from "#components/ui/button.tsx";
import { SearchInput } from "#components/ui/form/search-input.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { DataTable } from "#components/ui/table/data-table.tsx";
import type { Partition } from "#lib/api/event-hub.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { largest } from "#lib/client/lag/totals.ts";
import { hubPartitionParsers } from "#lib/client/url/page-state.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import { hubPartitionColumns } from "./hub-partition-columns.tsx";

const byId = [{ column: "partition", descending: false }];
const idOf = (partition: Partition) => partition.partitionId;

export function HubPartitionTable({
  partitions,
  fileName,
}: {
  partitions: readonly Partition[];
  fileName: string;
}) {
  const [url, setUrl] = useQueryState(hubPartitionParsers);
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
  const { sorted, shown } = useList({ columns, rows: filtered, url, fallback: byId });
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
        <SearchInput label="Partition ids" value={url.q} onChange={(q) => setUrl({ q })} />
      </ListTools>
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
            icon={<Icon name="search-x" className="size-6" />}
            title={partitions.length === 0 ? "No partition was read" : "No partition has one of these ids"}
            {...(partitions.length === 0
              ? {}
              : {
                  actions: (
                    <Button onClick={() => setUrl({ q: null })}>
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
