"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartLine, TriangleAlert } from "lucide-react";
import { useQueryState } from "nuqs";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useClock } from "#components/ui/clock.tsx";
import { Message } from "#components/ui/message.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Select } from "#components/ui/select.tsx";
import { CsvButton } from "#components/ui/table-tools.tsx";
import type { History } from "#lib/api/history.ts";
import { exportRows } from "#lib/client/csv.ts";
import { formatDuration, plural } from "#lib/client/format.ts";
import type { OwnerChange } from "#lib/client/owner-words.ts";
import { type GroupAddress, historyQuery } from "#lib/client/queries.ts";
import { localMoment } from "#lib/client/time-axis.ts";
import { rangeName } from "#lib/client/time-range.ts";
import { parsePartition } from "#lib/client/url-state.ts";
import type { RangeState } from "#lib/client/use-time-range.ts";
import { HistoryCharts } from "./history-charts.tsx";
import { countGaps, type HistoryRow, historyRows, isKnown } from "./history-rows.ts";
import { HistoryTable, historyColumns } from "./history-table.tsx";

interface Props {
  address: GroupAddress;
  partitionIds: readonly string[];
  /** Of all partitions; null where they are not known. */
  changes: readonly OwnerChange[] | null;
  rangeState: RangeState;
  rangePicker: ReactNode;
}

const all = "";
const bodyHeight = 484;

/** A group's lag and rates over a range of time, as charts or as the same rows in a table. */
export function HistoryPanel({ address, partitionIds, changes, rangeState, rangePicker }: Props) {
  const [partition, setPartition] = useQueryState("partition", parsePartition);
  const [asTable, setAsTable] = useState(false);
  const now = useClock();
  const { range, chooseMoments } = rangeState;
  const { data, error, isPlaceholderData, refetch } = useQuery(
    historyQuery(address, partition, { range, now }),
  );
  const rows = useMemo(() => {
    const ofPartition = (changes ?? []).filter((c) => partition === null || c.partitionId === partition);
    return data === undefined ? [] : historyRows(data, ofPartition, now());
  }, [data, changes, partition, now]);
  const known = rows.some(isKnown);
  const options = useMemo(
    () => [
      { value: all, label: "All partitions" },
      ...partitionIds.map((id) => ({ value: id, label: `Partition ${id}` })),
    ],
    [partitionIds],
  );
  // An id that the URL has and the group has not stays choosable, so that the control says what was asked for.
  const listed = partition === null || partitionIds.includes(partition);
  const fileName = `${address.hub}-${address.group}${partition === null ? "" : `-${partition}`}-lag.csv`;
  return (
    <Panel
      title="Lag over time"
      note={
        data === undefined ? null : <Summary rows={rows} data={data} name={rangeName(range, localMoment)} />
      }
      side={
        <>
          <Button aria-pressed={asTable} onClick={() => setAsTable((before) => !before)}>
            {asTable ? "As charts" : "As a table"}
          </Button>
          <CsvButton rows={rows.length} onClick={() => exportRows(fileName, historyColumns, rows)} />
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-2.5">
        {rangePicker}
        <div className="sm:ml-auto">
          <Select
            label="Partition"
            value={partition ?? all}
            options={listed ? options : [...options, { value: partition, label: `Partition ${partition}` }]}
            onChange={(id) => void setPartition(id === all ? null : id)}
          />
        </div>
      </div>
      {data?.error == null ? null : (
        <p role="status" className="border-line border-b px-4 py-2 text-warn">
          <TriangleAlert aria-hidden className="mr-1.5 inline size-3.5" />
          The stored history can't be read just now, so only what is in memory is shown. {data.error.message}
        </p>
      )}
      <div aria-busy={isPlaceholderData} className={isPlaceholderData ? "opacity-60" : ""}>
        {data === undefined ? (
          error === null ? (
            <div role="status" aria-label="The history is loading" className="p-4">
              <div className="skeleton" style={{ height: bodyHeight - 32 }} />
            </div>
          ) : (
            <Failed error={error} onRetry={() => void refetch()} />
          )
        ) : !known ? (
          <Message
            kind="noMatch"
            icon={<ChartLine className="size-6" />}
            title="Nothing is known of this range"
          >
            The dashboard did not watch this group then, or its lag was not known. Where a lag can't be
            calculated none is drawn.
          </Message>
        ) : asTable ? (
          <HistoryTable rows={rows} />
        ) : (
          <HistoryCharts
            rows={rows}
            from={Date.parse(data.from)}
            to={Date.parse(data.to)}
            onZoom={(from, to) => chooseMoments(from, to)}
          />
        )}
      </div>
      {error !== null && data !== undefined ? (
        <p role="status" className="border-line border-t px-4 py-2 text-note text-warn">
          These figures could not be brought up to date: {error.message}
        </p>
      ) : null}
      {changes === null && known ? (
        <p className="border-line border-t px-4 py-2 text-faint text-note">
          Changes of owners are not known here, so none is marked.
        </p>
      ) : null}
    </Panel>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div className="p-4">
      <Message
        kind="failing"
        icon={<TriangleAlert className="size-6" />}
        title="The history can't be shown"
        actions={<Button onClick={onRetry}>Try again</Button>}
      >
        {error.message}
      </Message>
    </div>
  );
}

function Summary({ rows, data, name }: { rows: readonly HistoryRow[]; data: History; name: string }) {
  const gaps = countGaps(rows);
  const first = rows.findIndex(isKnown);
  const since = rows[first];
  return (
    <span className="figures">
      {name} · a point each {formatDuration(data.stepSeconds)}
      {since === undefined || first < 2 ? "" : ` · known from ${localMoment(since.at)} on`}
      {gaps === 0 ? "" : ` · ${plural(gaps, "gap")}`}
    </span>
  );
}
