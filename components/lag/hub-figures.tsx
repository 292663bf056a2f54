"use client";

import { Ticking } from "#components/ui/clock.tsx";
import { type Figure, Figures } from "#components/ui/panel.tsx";
import type { EventHubDetail } from "#lib/api/event-hub.ts";
import { formatAge, formatCount, formatRate, plural, unknownMark } from "#lib/client/format/format.ts";
import { explainedFigures } from "#lib/client/help/figure-sections.ts";
import { eventsBehind, largest, sumKnown } from "#lib/client/lag/totals.ts";
import { ratesNeedTime, whyNoGroups } from "#lib/client/lag/why-not-known.ts";
import { ownersFigure } from "./owners-figure.ts";

export function keptEvents(partition: {
  beginningSequenceNumber: number | null;
  lastEnqueuedSequenceNumber: number | null;
  isEmpty: boolean | null;
}): number | null {
  const { beginningSequenceNumber: first, lastEnqueuedSequenceNumber: last, isEmpty } = partition;
  if (isEmpty === true || last === -1) return 0;
  return first === null || last === null ? null : last - first + 1;
}

export function HubFigures({ hub }: { hub: EventHubDetail }) {
  const { partitions } = hub;
  const groups = hub.consumerGroups.filter(({ goneSince }) => goneSince === null);
  const behind = eventsBehind(groups);
  const kept = sumKnown(partitions.map(keptEvents));
  const newest = largest(partitions, (p) =>
    p.lastEnqueuedAt === null ? null : Date.parse(p.lastEnqueuedAt),
  );
  const rate = hub.eventsInPerSecond;
  const unread = partitions.filter((p) => p.error !== null).length;
  const figures: Figure[] = [
    {
      label: "Lag",
      value:
        behind.total === null
          ? unknownMark
          : `${behind.bound === "" ? "" : `${behind.bound} `}${formatCount(behind.total)}`,
      tone: behind.total === null ? "unknown" : "plain",
      note:
        behind.groupsNotCounted > 0
          ? `${plural(behind.groupsNotCounted, "group")} not counted`
          : (whyNoGroups(groups, [hub]) ?? `over ${plural(groups.length, "group")}`),
    },
    {
      label: "In",
      value: rate !== null ? formatRate(rate) : unread > 0 ? "not known" : "not known yet",
      tone: rate === null ? "unknown" : "plain",
      note: rate !== null ? "over all partitions" : unread > 0 ? "partitions are missing" : ratesNeedTime,
    },
    {
      label: "Last event",
      value:
        newest === null ? (
          unread > 0 ? (
            unknownMark
          ) : (
            "none"
          )
        ) : (
          <Ticking at={newest.lastEnqueuedAt} format={(now) => formatAge(newest.lastEnqueuedAt, now)} />
        ),
      tone: newest === null ? "unknown" : "plain",
      note:
        newest === null
          ? unread > 0
            ? "partitions are missing"
            : "no event yet"
          : `on partition ${newest.partitionId}`,
    },
    {
      label: "Retained",
      value: kept.total === null ? unknownMark : `${kept.unknown > 0 ? "≥ " : ""}${formatCount(kept.total)}`,
      tone: kept.total === null ? "unknown" : "plain",
      note: "events in the stream",
    },
    {
      label: "Partitions",
      value: formatCount(hub.partitionCount),
      tone: hub.partitionCount === null ? "unknown" : unread > 0 ? "alarm" : "plain",
      note: unread > 0 ? `${formatCount(unread)} could not be read` : "all read",
    },
    ownersFigure(groups, [hub]),
  ];
  return <Figures label={`Figures of ${hub.id}`} figures={figures} explanations={explainedFigures} />;
}
