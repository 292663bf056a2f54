"use client";

import { LostSince } from "#components/lag/lost-since.tsx";
import { ownersFigure } from "#components/lag/owners-figure.ts";
import { StatusIcon, statusTones } from "#components/lag/status-chip.tsx";
import { type Figure, Figures } from "#components/ui/panel.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { MiddleCut } from "#components/ui/text/middle-cut.tsx";
import type { Overview } from "#lib/api/overview.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import {
  formatBehind,
  formatCount,
  formatDuration,
  formatRate,
  formatShare,
  plural,
  unknownMark,
} from "#lib/client/format/format.ts";
import { explainedFigures } from "#lib/client/help/figure-sections.ts";
import { shownChip } from "#lib/client/lag/attention.ts";
import { isLosing, sumLosses } from "#lib/client/lag/losses.ts";
import {
  foreseenLoss,
  isAboutToLose,
  statusesWorstFirst,
  statusNames,
} from "#lib/client/lag/status-words.ts";
import { countStatuses, eventsBehind, type HubGroup, largest, sumKnown } from "#lib/client/lag/totals.ts";
import { whyNoneIsKnown } from "#lib/client/lag/why-not-known.ts";
import { consumerGroupPath } from "#lib/client/url/paths.ts";

function GroupLink({ hubId, group }: HubGroup) {
  return (
    <Link
      href={consumerGroupPath(hubId, group.name, group.store)}
      className="foreign flex min-w-0 hover:text-ink hover:underline"
    >
      <MiddleCut text={showText(group.name)} />
      <span className="shrink-[3] truncate whitespace-pre"> · {showText(hubId)}</span>
    </Link>
  );
}

function behindFigure(groups: readonly HubGroup[]): Figure {
  const { total, bound, groupsNotCounted, partitionsNotCounted } = eventsBehind(groups.map((g) => g.group));
  const missing = [
    groupsNotCounted > 0 ? plural(groupsNotCounted, "group") : null,
    partitionsNotCounted > 0 ? plural(partitionsNotCounted, "partition") : null,
  ].filter((part) => part !== null);
  return {
    label: "Lag",
    value: total === null ? unknownMark : `${bound === "" ? "" : `${bound} `}${formatCount(total)}`,
    tone: total === null ? "unknown" : "plain",
    note: missing.length === 0 ? "every group counted" : `${missing.join(", ")} not counted`,
  };
}

function longestFigure(groups: readonly HubGroup[]): Figure {
  const worst = largest(groups, ({ group }) => group.lagSeconds);
  const seconds = worst?.group.lagSeconds ?? null;
  if (worst === null || seconds === null) {
    const note = whyNoneIsKnown(groups.map(({ group }) => group));
    return { label: "Max time lag", value: unknownMark, tone: "unknown", note };
  }
  const unknown = groups.filter(({ group }) => group.lagSeconds === null && !group.neverUsed).length;
  if (seconds === 0 && unknown > 0)
    return {
      label: "Max time lag",
      value: unknownMark,
      tone: "unknown",
      note: `${plural(unknown, "group")} not known`,
    };
  return {
    label: "Max time lag",
    value: seconds === 0 ? "caught up" : formatBehind(seconds, worst.group.lagSecondsIsLowerBound),
    note: seconds === 0 ? "no unread events" : <GroupLink {...worst} />,
  };
}

function soonest(groups: readonly HubGroup[]): HubGroup | null {
  return largest(groups, ({ group }) => {
    const seconds = foreseenLoss(group);
    return seconds === null ? null : -seconds;
  });
}

function retentionFigure(groups: readonly HubGroup[]): Figure {
  const losers = groups.filter(({ group }) => isLosing(group));
  // Also of groups that lose none now: the figure must not shrink when one of several recovers.
  const lost = sumLosses(groups.map(({ group }) => group));
  const [loser] = losers;
  if (lost !== null && loser !== undefined) {
    return {
      label: "Overtaken",
      value: plural(lost.events, "event"),
      tone: "alarm",
      note: (
        <>
          {losers.length === 1 ? <GroupLink {...loser} /> : plural(losers.length, "group")}
          <span className="block">
            deleted <LostSince losses={lost} />
          </span>
        </>
      ),
    };
  }
  const losing = soonest(groups);
  if (losing !== null) {
    return {
      label: "Loses events in",
      value: formatDuration(losing.group.secondsUntilLoss),
      tone: isAboutToLose(losing.group) ? "alarm" : "plain",
      note: <GroupLink {...losing} />,
    };
  }
  const closest = largest(groups, ({ group }) => group.retentionUsed);
  const isPartial = groups.some(({ group }) => group.retentionUsed === null && !group.neverUsed);
  const most = closest?.group.retentionUsed ?? null;
  // A known 0 says nothing about the unknown rest.
  const used = most === 0 && isPartial ? null : most;
  return {
    label: "Retention used",
    value: formatShare(used),
    tone: used === null ? "unknown" : "plain",
    note:
      used === null ? (
        "not known"
      ) : closest === null || used === 0 ? (
        "nothing lost"
      ) : (
        <GroupLink {...closest} />
      ),
  };
}

function groupsFigure(groups: readonly HubGroup[]): Figure {
  const counts = countStatuses(groups.map((g) => shownChip(g.group).status));
  const present = statusesWorstFirst.filter((status) => counts.has(status));
  return {
    label: "Groups",
    value: formatCount(groups.length),
    note: (
      <span className="flex flex-wrap gap-x-2.5">
        {present.map((status) => (
          <Link
            key={status}
            href={`/?status=${status}`}
            className="inline-flex items-center gap-1 hover:text-ink"
            aria-label={`${plural(counts.get(status) ?? 0, "group")}: ${statusNames[status]}`}
            data-tip={`${statusNames[status]}: ${counts.get(status)}`}
          >
            <StatusIcon status={status} className={statusTones[status]} />
            {counts.get(status)}
          </Link>
        ))}
      </span>
    ),
  };
}

function partitionsText({ total, unknown }: ReturnType<typeof sumKnown>): string {
  if (total === null) return "partitions not known";
  return `${unknown > 0 ? "≥ " : ""}${plural(total, "partition")}`;
}

export function OverviewFigures({ overview }: { overview: Overview }) {
  const hubs = overview.eventHubs;
  const groups = hubs.flatMap((hub) =>
    hub.consumerGroups
      .filter(({ goneSince }) => goneSince === null)
      .map((group) => ({ hubId: hub.id, group })),
  );
  const rate = sumKnown(hubs.map((hub) => hub.eventsInPerSecond));
  // "At least 0" is no figure.
  const isRateKnown = rate.total !== null && (rate.total > 0 || rate.unknown === 0);
  const partitions = sumKnown(hubs.map((hub) => hub.partitionCount));
  const figures: Figure[] = [
    behindFigure(groups),
    longestFigure(groups),
    retentionFigure(groups),
    groupsFigure(groups),
    {
      label: "In",
      value: !isRateKnown ? "not known" : `${rate.unknown > 0 ? "≥ " : ""}${formatRate(rate.total)}`,
      tone: isRateKnown ? "plain" : "unknown",
      note: `${plural(hubs.length, "hub")}, ${partitionsText(partitions)}`,
    },
    ownersFigure(
      groups.map(({ group }) => group),
      hubs,
    ),
  ];
  return <Figures label="Over all groups" figures={figures} explanations={explainedFigures} />;
}
