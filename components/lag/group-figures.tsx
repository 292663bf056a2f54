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
import { foreseenLoss, isAboutToLose, paceChip, statusNames } from "#lib/client/lag/status-words.ts";
import { LostSince } from "./lost-since.tsx";

function behind(group: ConsumerGroupDetail): Figure {
  const { totalLag, totalLagIsUpperBound: upper, partitionsUnknown: unknown } = group;
  const prefix = unknown > 0 && totalLag !== null ? (upper ? "≈ " : "≥ ") : "";
  const text = prefix === "≈ " ? formatCount(totalLag) : formatLag(totalLag, upper);
  const perMinute = change(group);
  return {
    label: "Events behind",
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
  // A lag of 0 does not fall, and one that retention holds does not grow: it loses.
  const isHeld = partitions.some(({ lagState }) => lagState === "behindRetention");
  if (into === null || lagChangePerSecond === null || totalLag === 0 || isHeld) return null;
  const perMinute = Math.round(lagChangePerSecond * 60);
  if (Math.abs(perMinute) < Math.max(1, into)) return null;
  return perMinute > 0 ? `▲ ${formatCount(perMinute)} a minute` : `▼ ${formatCount(-perMinute)} a minute`;
}

function caughtUpIn(group: ConsumerGroupDetail): Figure {
  const { totalLag, catchUpSeconds, lagChangePerSecond } = group;
  const label = "Caught up in";
  if (group.status === "unknown" || group.partitionsUnknown > 0)
    return { label, value: unknownMark, tone: "unknown", note: "not known" };
  const keepsPace = paceChip(group).word === statusNames.ok;
  if (totalLag === 0) return { label, value: "caught up", note: "nothing waits" };
  if (keepsPace) return { label, value: "caught up", note: "keeps pace with its input" };
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
  const spread = counts.length > 6 ? `${counts[0]} to ${counts.at(-1)} each` : counts.join(", ");
  return {
    label: "Owned",
    value: `${formatCount(ownedPartitions)} of ${formatCount(partitionCount)}`,
    tone: ownedPartitions === 0 ? "unknown" : "plain",
    note: owners.length === 0 ? "no owner" : `${plural(owners.length, "owner")} · ${spread}`,
    tip: "Partitions with an active owner. A reader that names its partitions owns none and can still run.",
  };
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
      note: "left the stream unread since its checkpoints",
      tip: "Events that retention took between the checkpoints and the beginning of the stream, where that is further by now. Once the group has checkpointed past them they no longer count in this figure; the sum below it keeps them.",
    };
  }
  const loss = foreseenLoss(group);
  if (loss !== null) {
    return {
      label: "Loses events in",
      value: formatDuration(loss),
      tone: isAboutToLose(group) ? "alarm" : "plain",
      note: `${formatShare(retentionUsed)} of what is kept is unread`,
      tip: "When the first unread event leaves the stream, should its beginning and the checkpoint move on as they lately did; on the partition where that is soonest.",
    };
  }
  const isNearlyAll = retentionUsed !== null && retentionUsed >= 0.8;
  const isPartial = group.partitionsUnknown > 0 || group.totalLagIsUpperBound;
  const nothingLost =
    (lostEventsTotal ?? 0) > 0
      ? "nothing lost past the checkpoints"
      : isPartial
        ? "nothing lost where it is known"
        : "nothing lost";
  return {
    label: "Retention used",
    value: `${isPartial && retentionUsed !== null ? "≥ " : ""}${formatShare(retentionUsed)}`,
    tone: retentionUsed === null ? "unknown" : "plain",
    note: lostEvents === null ? "losses not known" : isNearlyAll ? "of what is kept is unread" : nothingLost,
    tip: "How much of what the stream keeps is unread, on the partition where that is most.",
  };
}

/** One group in six figures. */
export function GroupFigures({ group }: { group: ConsumerGroupDetail }) {
  const into = formatRate(group.eventsInPerSecond).replace("/s", "");
  const rates = group.eventsInPerSecond !== null || group.eventsOutPerSecond !== null;
  const figures: Figure[] = [
    behind(group),
    {
      label: "Behind by",
      value: formatBehind(group.lagSeconds, group.lagSecondsIsLowerBound),
      tone: group.lagSeconds === null ? "unknown" : "plain",
      note:
        group.lagSeconds === null
          ? "not known"
          : group.lagSecondsIsLowerBound
            ? "at least: watched no longer"
            : "measured between refreshes",
      tip: "The age of the event at the checkpoint, on the partition where that is longest. Measured between the two refreshes that saw the partition's end before and after that event; where the dashboard has not watched for so long, at least that.",
    },
    {
      label: "In · out",
      value: rates ? `${into} · ${formatRate(group.eventsOutPerSecond)}` : unknownMark,
      tone: rates ? "plain" : "unknown",
      note: "events a second, over 60 s",
      tip: "In: enqueued, as refreshes saw it in the last 60 s. Out: checkpointed, by when the checkpoints of the last 60 s were written, or from the last two where they are rarer.",
    },
    caughtUpIn(group),
    owned(group),
    retention(group),
  ];
  return <Figures label={`Figures of ${group.name}`} figures={figures} />;
}
