"use client";

import type { ReactNode } from "react";
import { Quiet } from "#components/lag/overview/quiet.tsx";
import { retentionColumns } from "#components/lag/retention-columns.tsx";
import { StatusChip } from "#components/lag/status-chip.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { Checkbox } from "#components/ui/form/field.tsx";
import { logShare, Meter } from "#components/ui/meter.tsx";
import type { Column, PlainColumn } from "#components/ui/table/table-model.ts";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import {
  formatAge,
  formatBehind,
  formatCount,
  formatLag,
  formatRate,
  formatSequenceNumber,
} from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { isAboutSameTime } from "#lib/client/lag/about-same.ts";
import { holdingReset } from "#lib/client/lag/holding-reset.ts";
import { arePartitionsAboutSame, partitionChip, partitionUrgency } from "#lib/client/lag/partition-words.ts";
import { whyAtLeast } from "#lib/client/lag/why-at-least.ts";
import { needsCheckpoints, ratesNeedTime, whyDash } from "#lib/client/lag/why-not-known.ts";
import { processorOwner } from "#lib/core/holding-owner.ts";

const time = (at: string | null | undefined) => (at ? Date.parse(at) : null);

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (partitionId: string) => void;
}

export interface PartitionColumnOptions {
  selection: Selection | null;
  largestLag: number;
  withReasons: boolean;
  ownerCell: (partition: GroupPartition) => ReactNode;
  renewedCell: (partition: GroupPartition) => ReactNode;
}

function whyUnknown({ reason }: Pick<GroupPartition, "reason">, isUnknown: boolean) {
  if (!isUnknown || reason === null) return {};
  return { "data-tip": reason.message, "data-help": reasonPath(reason.code) };
}

function sequenceColumn(
  id: string,
  label: string,
  value: (partition: GroupPartition) => number | null,
): PlainColumn<GroupPartition> {
  return {
    id,
    label,
    width: 108,
    figure: true,
    cell: (partition) => (
      <Quiet
        known={value(partition) !== null}
        text={formatSequenceNumber(value(partition))}
        why={partition.reason?.message ?? null}
      />
    ),
    sortBy: value,
    csv: value,
  };
}

function ageColumn(
  id: string,
  label: string,
  value: (partition: GroupPartition) => string | null,
  never: string,
  width: number,
): PlainColumn<GroupPartition> {
  return {
    id,
    label,
    width,
    figure: true,
    cell: (partition) => {
      const at = value(partition);
      return (
        <span className={at === null ? "text-faint" : "text-muted"}>
          <Ticking at={at} format={(now) => formatAge(at, now, never)} />
        </span>
      );
    },
    sortBy: (partition) => time(value(partition)),
    csvTime: value,
  };
}

export function partitionColumns(options: PartitionColumnOptions): Column<GroupPartition>[] {
  const { largestLag, withReasons, selection, ownerCell, renewedCell } = options;
  return explained("partitions", [
    {
      id: "partition",
      label: "Partition",
      width: selection === null ? 84 : 104,
      phoneWidth: 88,
      fixed: true,
      cell: ({ partitionId }) =>
        selection === null ? (
          <span className="font-mono">{partitionId}</span>
        ) : (
          <label htmlFor={`tick-${partitionId}`} className="flex items-center gap-2.5 font-mono">
            <Checkbox
              id={`tick-${partitionId}`}
              checked={selection.ids.has(partitionId)}
              onChange={() => selection.toggle(partitionId)}
            />
            {partitionId}
          </label>
        ),
      sortBy: ({ partitionId }) => partitionId,
      csv: ({ partitionId }) => partitionId,
    },
    {
      id: "status",
      label: "Status",
      width: 140,
      phoneWidth: 144,
      descendingFirst: true,
      cell: (partition) => (
        <StatusChip
          chip={partitionChip(partition)}
          tip={(partition.reason ?? partition.statusReason)?.message ?? null}
        />
      ),
      sortBy: partitionUrgency,
      isAboutSame: (a, b) => partitionUrgency(a) === partitionUrgency(b) && arePartitionsAboutSame(a, b),
      csv: (partition) => partitionChip(partition).word,
    },
    {
      id: "lag",
      label: "Lag",
      width: 136,
      phoneWidth: 88,
      figure: true,
      cell: (partition) => (
        <span
          // Its three lines on a phone touch the row's own.
          className={partition.lostEvents ? "block max-sm:py-1.5" : "block"}
          {...whyUnknown(partition, partition.lag === null || partition.lagIsUpperBound)}
        >
          <Meter
            text={formatLag(partition.lag, partition.lagIsUpperBound)}
            share={partition.lagIsUpperBound ? null : logShare(partition.lag, largestLag)}
            faint={partition.lag === null || (partition.lagIsUpperBound && partition.lag > 0)}
          />
          {(partition.lostEvents ?? 0) === 0 ? null : (
            <span className="block pr-1.5 font-medium text-note text-stop leading-4">
              {formatCount(partition.lostEvents)} deleted
            </span>
          )}
        </span>
      ),
      sortBy: ({ lag }) => lag,
      isAboutSame: arePartitionsAboutSame,
      csv: ({ lag }) => lag,
      csvAlso: [
        { label: "Lag is an upper bound", csv: ({ lagIsUpperBound }) => lagIsUpperBound },
        { label: "Lost events", csv: ({ lostEvents }) => lostEvents },
        { label: "Lost events counted", csv: ({ lostEventsTotal }) => lostEventsTotal },
        { label: "Lost events counted since", csvTime: ({ lostEventsSince }) => lostEventsSince },
      ],
    },
    {
      id: "behind",
      label: "Time lag",
      csvUnit: "seconds",
      width: 92,
      figure: true,
      cell: (partition) => (
        <span
          {...whyUnknown(partition, partition.lagSeconds === null)}
          {...(partition.lagState === "behindRetention"
            ? {
                "data-tip":
                  "Since the checkpoint: events that retention has deleted count here, not in the lag.",
              }
            : partition.lagSecondsIsLowerBound
              ? { "data-tip": `At least: ${whyAtLeast([partition])}.` }
              : {})}
        >
          <Quiet
            known={partition.lagSeconds !== null}
            text={formatBehind(partition.lagSeconds, partition.lagSecondsIsLowerBound)}
          />
        </span>
      ),
      sortBy: ({ lagSeconds }) => lagSeconds,
      isAboutSame: (a, b) => isAboutSameTime(a.lagSeconds, b.lagSeconds),
      csv: ({ lagSeconds }) => lagSeconds,
      csvAlso: [
        { label: "Time lag is a lower bound", csv: ({ lagSecondsIsLowerBound }) => lagSecondsIsLowerBound },
      ],
    },
    rateColumn("in", "In", (p) => p.eventsInPerSecond, ratesNeedTime),
    rateColumn("out", "Out", (p) => p.eventsOutPerSecond, needsCheckpoints),
    sequenceColumn("checkpoint", "Checkpoint", (p) => p.checkpoint?.sequenceNumber ?? null),
    sequenceColumn("last", "Last", (p) => p.lastEnqueuedSequenceNumber),
    {
      ...sequenceColumn("beginning", "Beginning", (p) => p.beginningSequenceNumber),
      startsHidden: withReasons,
    },
    ...retentionColumns(
      (partition: GroupPartition) => partition,
      () => null,
    ),
    ageColumn("checkpointed", "Checkpointed", (p) => p.checkpoint?.updatedAt ?? null, "never", 110),
    ageColumn("enqueued", "Last event", (p) => p.lastEnqueuedAt, "none", 96),
    {
      id: "owner",
      label: "Owner",
      width: 160,
      grows: !withReasons,
      cell: ownerCell,
      sortBy: ({ owner }) => processorOwner(owner)?.ownerId ?? null,
      csv: ({ owner }) => processorOwner(owner)?.ownerId ?? null,
      csvAlso: [
        {
          label: "Owner state",
          csv: (partition) =>
            holdingReset(partition) === null ? (partition.owner?.state ?? null) : "paused",
        },
      ],
    },
    {
      id: "renewed",
      label: "Renewed",
      width: 92,
      figure: true,
      cell: renewedCell,
      sortBy: ({ owner }) => time(owner?.lastRenewedAt),
      csvTime: ({ owner }) => owner?.lastRenewedAt ?? null,
    },
    {
      id: "reason",
      label: "Reason",
      width: 208,
      grows: true,
      startsHidden: !withReasons,
      cell: ({ reason }) => (
        <span className="line-clamp-2 text-muted text-note leading-4" {...whyUnknown({ reason }, true)}>
          {reason === null ? null : <TimedText text={reason.message} />}
        </span>
      ),
      csv: ({ reason }) => reason?.message ?? null,
    },
  ]);
}

function rateColumn(
  id: string,
  label: string,
  value: (p: GroupPartition) => number | null,
  why: string,
): PlainColumn<GroupPartition> {
  return {
    id,
    label,
    csvUnit: "per second",
    width: 74,
    figure: true,
    startsHidden: true,
    cell: (partition) => (
      <Quiet
        known={value(partition) !== null}
        text={formatRate(value(partition))}
        why={partition.reason?.message ?? whyDash(why)}
      />
    ),
    sortBy: value,
    csv: value,
  };
}
