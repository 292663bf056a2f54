"use client";

import { retentionColumns } from "#components/lag/retention-columns.tsx";
import { StatusChip } from "#components/lag/status-chip.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import type { Column, PlainColumn } from "#components/ui/table/table-model.ts";
import { formatAge, formatBehind, formatRate, unknownMark } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import { isAboutSameLag, isAboutSameTime } from "#lib/client/lag/about-same.ts";
import { shownChip, shownUrgency } from "#lib/client/lag/attention.ts";
import { catchUpOf } from "#lib/client/lag/catch-up.ts";
import { whyDash, whyNoRateOut, whyNotKnown } from "#lib/client/lag/why-not-known.ts";
import { eventHubPath } from "#lib/client/url/paths.ts";
import { Freshness, GroupLag, GroupName, Identifier, MostBehind, Owned, Trend } from "./group-cells.tsx";
import { areGroupsAboutSame, type GroupRow } from "./group-row.ts";
import { Quiet } from "./quiet.tsx";

const time = (at: string | null) => (at === null ? null : Date.parse(at));

export interface GroupColumnOptions {
  largestLag: number;
  withHub: boolean;
  withStore: boolean;
  withTrend: boolean;
}

export function groupColumns({
  largestLag,
  withHub,
  withStore,
  withTrend,
}: GroupColumnOptions): Column<GroupRow>[] {
  const columns: (PlainColumn<GroupRow> | null)[] = [
    {
      id: "status",
      label: "Status",
      width: 190,
      phoneWidth: 162,
      descendingFirst: true,
      cell: ({ group }) => <StatusChip chip={shownChip(group)} />,
      sortBy: ({ group }) => shownUrgency(group),
      isAboutSame: areGroupsAboutSame,
      csv: ({ group }) => shownChip(group).word,
    },
    {
      id: "group",
      label: "Group",
      width: 164,
      grows: true,
      phoneWidth: 104,
      fixed: true,
      cell: (row) => <GroupName {...row} />,
      sortBy: ({ group }) => group.name,
      csv: ({ group }) => group.name,
    },
    withHub
      ? {
          id: "hub",
          label: "Event hub",
          width: 120,
          phoneWidth: 0,
          cell: ({ hubId }) => <Identifier text={hubId} href={eventHubPath(hubId)} />,
          sortBy: ({ hubId }) => hubId,
          csv: ({ hubId }) => hubId,
        }
      : null,
    {
      id: "store",
      label: "Store",
      width: 92,
      phoneWidth: 0,
      startsHidden: !withStore,
      cell: ({ group }) => <Identifier text={group.store} />,
      sortBy: ({ group }) => group.store,
      csv: ({ group }) => group.store,
    },
    {
      id: "lag",
      label: "Lag",
      width: 128,
      phoneWidth: 90,
      figure: true,
      cell: ({ group }) => <GroupLag group={group} largest={largestLag} />,
      sortBy: ({ group }) => group.totalLag,
      isAboutSame: (a, b) => isAboutSameLag(a.group.totalLag, b.group.totalLag),
      csv: ({ group }) => group.totalLag,
      csvAlso: [
        { label: "Lag is an upper bound", csv: ({ group }) => group.totalLagIsUpperBound },
        { label: "Partitions with unknown lag", csv: ({ group }) => group.partitionsUnknown },
      ],
    },
    withTrend
      ? {
          id: "trend",
          label: "Last hour",
          width: 118,
          cell: (row) => <Trend {...row} />,
        }
      : null,
    {
      id: "most",
      label: "Max lag",
      width: 134,
      figure: true,
      cell: ({ group }) => <MostBehind group={group} />,
      sortBy: ({ group }) => group.maxLag,
      csv: ({ group }) => group.maxLag,
      csvAlso: [
        { label: "Max lag is an upper bound", csv: ({ group }) => group.maxLagIsUpperBound },
        { label: "Partition of the max lag", csv: ({ group }) => group.maxLagPartitionId },
      ],
    },
    {
      id: "behind",
      label: "Time lag",
      csvUnit: "seconds",
      width: 92,
      figure: true,
      cell: ({ group }) => (
        <Quiet
          known={group.lagSeconds !== null}
          text={formatBehind(group.lagSeconds, group.lagSecondsIsLowerBound)}
          why={whyDash(whyNotKnown(group))}
        />
      ),
      sortBy: ({ group }) => group.lagSeconds,
      isAboutSame: (a, b) => isAboutSameTime(a.group.lagSeconds, b.group.lagSeconds),
      csv: ({ group }) => group.lagSeconds,
      csvAlso: [{ label: "Time lag is a lower bound", csv: ({ group }) => group.lagSecondsIsLowerBound }],
    },
    {
      id: "in",
      label: "In",
      csvUnit: "per second",
      width: 72,
      figure: true,
      cell: ({ group }) => (
        <Quiet
          known={group.eventsInPerSecond !== null}
          text={formatRate(group.eventsInPerSecond)}
          why={whyDash(whyNotKnown(group))}
        />
      ),
      sortBy: ({ group }) => group.eventsInPerSecond,
      csv: ({ group }) => group.eventsInPerSecond,
    },
    {
      id: "out",
      label: "Out",
      csvUnit: "per second",
      width: 72,
      figure: true,
      cell: ({ group }) => (
        <Quiet
          known={group.eventsOutPerSecond !== null}
          text={formatRate(group.eventsOutPerSecond)}
          why={whyDash(whyNoRateOut(group))}
        />
      ),
      sortBy: ({ group }) => group.eventsOutPerSecond,
      csv: ({ group }) => group.eventsOutPerSecond,
    },
    {
      id: "levelIn",
      label: "Catch-up time",
      csvUnit: "seconds",
      width: 116,
      figure: true,
      startsHidden: withHub,
      cell: ({ group }) => {
        const { kind, text } = catchUpOf(group);
        const why = kind === "unknown" ? whyDash(whyNotKnown(group)) : null;
        return <Quiet known={kind === "caughtUp" || kind === "takes"} text={text} why={why} />;
      },
      sortBy: ({ group }) => group.catchUpSeconds,
      csv: ({ group }) => group.catchUpSeconds,
    },
    ...retentionColumns(
      ({ group }: GroupRow) => group,
      ({ group }) => whyDash(whyNotKnown(group)),
    ),
    {
      id: "owned",
      label: "Owned",
      width: 106,
      figure: true,
      cell: ({ group }) => <Owned group={group} />,
      sortBy: ({ group }) =>
        group.partitionCount && group.observedAt !== null
          ? group.ownedPartitions / group.partitionCount
          : null,
      csv: ({ group }) => (group.observedAt === null ? null : group.ownedPartitions),
      csvAlso: [{ label: "Partitions", csv: ({ group }) => group.partitionCount }],
    },
    {
      id: "checkpoint",
      label: "Checkpoint",
      width: 102,
      figure: true,
      cell: ({ group }) => (
        <span className="text-muted">
          <Ticking
            at={group.lastCheckpointAt}
            format={(now) =>
              formatAge(group.lastCheckpointAt, now, group.observedAt === null ? unknownMark : "never")
            }
          />
        </span>
      ),
      sortBy: ({ group }) => time(group.lastCheckpointAt),
      csvTime: ({ group }) => group.lastCheckpointAt,
    },
    {
      id: "read",
      label: "As of",
      width: 92,
      figure: true,
      // At 1440 px there is room for one of the two.
      startsHidden: withHub && withStore,
      cell: ({ group }) => <Freshness group={group} />,
      sortBy: ({ group }) => time(group.observedAt),
      csvTime: ({ group }) => group.observedAt,
    },
  ];
  return explained(
    "groups",
    columns.filter((column) => column !== null),
  );
}
