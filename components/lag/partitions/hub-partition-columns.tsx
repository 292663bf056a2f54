"use client";

import { keptEvents } from "#components/lag/hub-figures.tsx";
import { Quiet } from "#components/lag/overview/quiet.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Meter } from "#components/ui/meter.tsx";
import type { Column, PlainColumn } from "#components/ui/table/table-model.ts";
import type { Partition } from "#lib/api/event-hub.ts";
import { formatAge, formatRate, formatSequenceNumber } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import { ratesNeedTime, whyDash } from "#lib/client/lag/why-not-known.ts";

function countColumn(
  id: string,
  label: string,
  value: (p: Partition) => number | null,
): PlainColumn<Partition> {
  return {
    id,
    label,
    width: 130,
    figure: true,
    cell: (partition) => (
      <Quiet known={value(partition) !== null} text={formatSequenceNumber(value(partition))} />
    ),
    sortBy: value,
    csv: value,
  };
}

export function hubPartitionColumns(largestRate: number): Column<Partition>[] {
  return explained("hubPartitions", [
    {
      id: "partition",
      label: "Partition",
      width: 100,
      phoneWidth: 104,
      fixed: true,
      cell: ({ partitionId }) => <span className="font-mono">{partitionId}</span>,
      sortBy: ({ partitionId }) => partitionId,
      csv: ({ partitionId }) => partitionId,
    },
    {
      id: "in",
      label: "In",
      csvUnit: "per second",
      width: 150,
      phoneWidth: 112,
      figure: true,
      cell: ({ eventsInPerSecond: rate, error }) => (
        <span
          className="block"
          {...(rate === null && { "data-tip": error?.message ?? whyDash(ratesNeedTime) })}
        >
          <Meter
            text={formatRate(rate)}
            share={rate === null || largestRate === 0 ? null : rate / largestRate}
            faint={rate === null}
          />
        </span>
      ),
      sortBy: ({ eventsInPerSecond }) => eventsInPerSecond,
      csv: ({ eventsInPerSecond }) => eventsInPerSecond,
    },
    {
      id: "enqueued",
      label: "Last event",
      width: 120,
      figure: true,
      cell: ({ lastEnqueuedAt: at, isEmpty }) => (
        <span className={at === null ? "text-faint" : "text-muted"}>
          <Ticking at={at} format={(now) => formatAge(at, now, isEmpty === true ? "none" : undefined)} />
        </span>
      ),
      sortBy: ({ lastEnqueuedAt }) => (lastEnqueuedAt === null ? null : Date.parse(lastEnqueuedAt)),
      csvTime: ({ lastEnqueuedAt }) => lastEnqueuedAt,
    },
    countColumn("beginning", "Beginning", (p) => p.beginningSequenceNumber),
    countColumn("last", "Last", (p) => p.lastEnqueuedSequenceNumber),
    countColumn("kept", "Retained", keptEvents),
    {
      id: "offset",
      label: "Last offset",
      width: 170,
      cell: ({ lastEnqueuedOffset: offset }) =>
        offset === null ? (
          <Quiet known={false} text="—" />
        ) : (
          <span className="group/copy flex min-w-0 items-center gap-1">
            <span className="foreign truncate font-mono text-note text-muted">{offset}</span>
            <CopyButton text={offset} what="offset" />
          </span>
        ),
      csv: ({ lastEnqueuedOffset }) => lastEnqueuedOffset,
    },
    {
      id: "state",
      label: "State",
      width: 200,
      grows: true,
      cell: ({ error, isEmpty }) =>
        error === null ? (
          <span className="text-muted">
            {isEmpty === true ? "empty" : isEmpty === false ? "holds events" : "not known"}
          </span>
        ) : (
          <span className="flex min-w-0 items-center gap-1.5 text-warn" data-tip={error.message}>
            <Icon name="triangle-alert" className="size-3.5 shrink-0" />
            <span className="truncate">{error.message}</span>
          </span>
        ),
      sortBy: ({ error, isEmpty }) => (error !== null ? 2 : isEmpty === true ? 1 : 0),
      csv: ({ error, isEmpty }) =>
        error?.message ?? (isEmpty === null ? null : isEmpty ? "empty" : "holds events"),
    },
  ]);
}
