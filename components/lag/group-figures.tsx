"use client";

import { type Figure, Figures } from "#components/ui/panel.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import {
  formatBehind,
  formatCount,
  formatDuration,
  formatLag,
  formatRate,
  formatShare,
  plural,
  unknownMark,
} from "#lib/client/format/format.ts";
import { figureExplanations } from "#lib/client/help/figure-explanations.ts";
import { foreseenLoss, isAboutToLose, paceChip, statusNames } from "#lib/client/lag/status-words.ts";
import { LostSince } from "./lost-since.tsx";

function behind(group: ConsumerGroupDetail): Figure {
  const { totalLag, totalLagIsUpperBound: upper, partitionsUnknown: unknown } = group;
  const prefix = unknown > 0 && totalLag !== null ? (upper ? "≈ " : "≥ ") : "";
  const text = prefix === "≈ " ? formatCount(totalLag) : formatLag(totalLag, upper);
  const perMinute = change(group);
  return {
    label: "Lag",
    value: totalLag === null ? unknownMark : `${prefix}${text}`,
    tone: totalLag === null ? "unknown" : "plain",
    note:
      unknown > 0
        ? `${plural(unknown, "partition")} not counted`
        : upper
          ? "an upper bound"
          : (perMinute ?? "all partitions counted"),
  };
}

function change(group: ConsumerGroupDetail): string | null {
  const { eventsInPerSecond: into, lagChangePerSecond, totalLag, partitions } = group;
  // A lag of 0 does not fall, and one that retention limits does not grow: events are lost.
  const isHeld = partitions.some(({ lagState }) => lagState === "behindRetention");
  if (into === null || lagChangePerSecond === null || totalLag === 0 || isHeld) return null;
  const perMinute = Math.round(lagChangePerSecond * 60);
  if (Math.abs(perMinute) < Math.max(1, into)) return null;
  return perMinute > 0 ? `▲ ${formatCount(perMinute)} a minute` : `▼ ${formatCount(-perMinute)} a minute`;
}

function caughtUpIn(group: ConsumerGroupDetail): Figure {
  const { totalLag, catchUpSeconds, lagChangePerSecond } = group;
  const label = "Catch-up time";
  if (group.status === "unknown" || group.partitionsUnknown > 0)
    return { label, value: unknownMark, tone: "unknown", note: "not known" };
  const keepsPace = paceChip(group).word === statusNames.ok;
  if (totalLag === 0) return { label, value: "caught up", note: "no unread events" };
  if (keepsPace) return { label, value: "caught up", note: "keeps up with its input" };
  if (catchUpSeconds !== null)
    return { label, value: formatDuration(catchUpSeconds), note: "at these rates" };
  const rated = lagChangePerSecond !== null;
  return {
    label,
    value: rated ? "never" : unknownMark,
    tone: "unknown",
    note: rated ? "at these rates" : "not known yet",
  };
}

function owned({ ownedPartitions, partitionCount, owners }: ConsumerGroupDetail): Figure {
  const counts = owners.map((owner) => owner.partitions.length).sort((a, b) => b - a);
  const spread = counts.length > 6 ? spreadText(counts) : counts.join(", ");
  return {
    label: "Owned",
    value: `${formatCount(ownedPartitions)} of ${formatCount(partitionCount)}`,
    tone: ownedPartitions === 0 ? "unknown" : "plain",
    note: owners.length === 0 ? "no owner" : `${plural(owners.length, "owner")} · ${spread}`,
  };
}

/** Returns `15 to 17 each`, `16 each`; `counts` from most to fewest. */
function spreadText(counts: readonly number[]): string {
  const [most, fewest] = [counts[0], counts.at(-1)];
  return most === fewest ? `${most} each` : `${fewest} to ${most} each`;
}

function retention(group: ConsumerGroupDetail): Figure {
  const figure = retentionFigure(group);
  if ((group.lostEventsTotal ?? 0) === 0) return figure;
  return {
    ...figure,
    note: (
      <>
        {figure.note}
        <span className="block font-medium text-stop">
          <LostSince of={group} />
        </span>
      </>
    ),
  };
}

function retentionFigure(group: ConsumerGroupDetail): Figure {
  const { lostEvents, lostEventsTotal, retentionUsed } = group;
  if ((lostEvents ?? 0) > 0) {
    return {
      label: "Lost by retention",
      value: plural(lostEvents ?? 0, "event"),
      tone: "alarm",
      note: "deleted unread, past the checkpoints",
    };
  }
  const loss = foreseenLoss(group);
  if (loss !== null) {
    return {
      label: "Loses events in",
      value: formatDuration(loss),
      tone: isAboutToLose(group) ? "alarm" : "plain",
      note: `${formatShare(retentionUsed)} of the retained events are unread`,
    };
  }
  const isNearlyAll = retentionUsed !== null && retentionUsed >= 0.8;
  const isPartial = group.partitionsUnknown > 0 || group.totalLagIsUpperBound;
  const nothingLost =
    (lostEventsTotal ?? 0) > 0
      ? "nothing lost past the checkpoints"
      : isPartial
        ? "nothing lost where known"
        : "nothing lost";
  return {
    label: "Retention used",
    value: `${isPartial && retentionUsed !== null ? "≥ " : ""}${formatShare(retentionUsed)}`,
    tone: retentionUsed === null ? "unknown" : "plain",
    note:
      lostEvents === null
        ? "losses not known"
        : isNearlyAll
          ? "of the retained events are unread"
          : nothingLost,
  };
}

export function GroupFigures({ group }: { group: ConsumerGroupDetail }) {
  const into = formatRate(group.eventsInPerSecond).replace("/s", "");
  const rates = group.eventsInPerSecond !== null || group.eventsOutPerSecond !== null;
  const figures: Figure[] = [
    behind(group),
    {
      label: "Time lag",
      value: formatBehind(group.lagSeconds, group.lagSecondsIsLowerBound),
      tone: group.lagSeconds === null ? "unknown" : "plain",
      note:
        group.lagSeconds === null
          ? "not known"
          : group.lagSecondsIsLowerBound
            ? "at least: not watched for longer"
            : "measured between refreshes",
    },
    {
      label: "In · out",
      value: rates ? `${into} · ${formatRate(group.eventsOutPerSecond)}` : unknownMark,
      tone: rates ? "plain" : "unknown",
      note: "events per second, over 60 s",
    },
    caughtUpIn(group),
    owned(group),
    retention(group),
  ];
  return <Figures label={`Figures of ${group.name}`} figures={figures} explanations={figureExplanations} />;
}
