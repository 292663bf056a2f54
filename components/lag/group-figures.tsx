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
import { explainedFigures } from "#lib/client/help/figure-sections.ts";
import { catchUpOf } from "#lib/client/lag/catch-up.ts";
import { heldPartitions } from "#lib/client/lag/held-partitions.ts";
import { isLosing, lossesOf, ofRetained } from "#lib/client/lag/losses.ts";
import { foreseenLoss, isAboutToLose } from "#lib/client/lag/status-words.ts";
import { whyAtLeast } from "#lib/client/lag/why-at-least.ts";
import { whyNoRateOut, whyNotKnown } from "#lib/client/lag/why-not-known.ts";
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
          : isHeldByRetention(group)
            ? "deleted events left out"
            : (perMinute ?? "all partitions counted"),
  };
}

function change(group: ConsumerGroupDetail): string | null {
  const { eventsInPerSecond: into, lagChangePerSecond, totalLag } = group;
  // A lag of 0 does not fall.
  if (into === null || lagChangePerSecond === null || totalLag === 0) return null;
  const perMinute = Math.round(lagChangePerSecond * 60);
  if (Math.abs(perMinute) < Math.max(1, into)) return null;
  // The rates beside it are of the last minute.
  return `${perMinute > 0 ? "▲" : "▼"} ${formatCount(Math.abs(perMinute))}/min between checkpoints`;
}

function caughtUpIn(group: ConsumerGroupDetail): Figure {
  const standing = group.partitions.filter(({ status }) => status === "stall" || status === "stop").length;
  const { kind, text } = catchUpOf(group, standing);
  const notes = {
    unknown: whyNotKnown(group),
    caughtUp: group.totalLag === 0 ? "no unread events" : "keeps up with its input",
    takes: "at these rates",
    never: standing > 0 ? `${plural(standing, "partition")} not moving` : "at these rates",
  };
  const tone = kind === "unknown" || kind === "never" ? "unknown" : "plain";
  return { label: "Catch-up time", value: text, tone, note: notes[kind] };
}

function owned(group: ConsumerGroupDetail): Figure {
  const { ownedPartitions, partitionCount, owners } = group;
  const counts = owners.map((owner) => owner.partitions.length).sort((a, b) => b - a);
  const held = heldPartitions(group);
  return {
    label: "Owned",
    value: `${formatCount(ownedPartitions)} of ${formatCount(partitionCount)}`,
    tone: ownedPartitions === 0 ? "unknown" : "plain",
    note: [
      owners.length > 0 ? `${plural(owners.length, "owner")}${spreadText(counts)}` : null,
      held > 0 ? `${formatCount(held)} paused by a reset` : owners.length === 0 ? "no owner" : null,
    ]
      .filter((part) => part !== null)
      .join(" · "),
  };
}

/** Returns ` · 16 each`, ` · 3, 2`, from seven on ` · 15 to 17 each`; `counts` from most to fewest. */
function spreadText(counts: readonly number[]): string {
  const [most, fewest] = [counts[0], counts.at(-1)];
  if (counts.length === 1) return "";
  if (most === fewest) return ` · ${most} each`;
  return counts.length > 6 ? ` · ${fewest} to ${most} each` : ` · ${counts.join(", ")}`;
}

function retention(group: ConsumerGroupDetail): Figure {
  const losses = lossesOf(group);
  if (losses !== null && isLosing(group))
    return {
      label: "Overtaken",
      value: plural(losses.events, "event"),
      tone: "alarm",
      note: (
        <>
          deleted <LostSince losses={losses} />
        </>
      ),
    };
  const figure = retentionFigure(group);
  if (losses === null) return figure;
  return {
    ...figure,
    note: (
      <>
        {figure.note}
        <span className="block font-medium text-stop">
          {formatCount(losses.events)} deleted <LostSince losses={losses} />
        </span>
      </>
    ),
  };
}

function retentionFigure(group: ConsumerGroupDetail): Figure {
  const { lostEvents, lostEventsTotal, retentionUsed } = group;
  const loss = foreseenLoss(group);
  if (loss !== null) {
    return {
      label: "Loses events in",
      value: formatDuration(loss),
      tone: isAboutToLose(group) ? "alarm" : "plain",
      note: `${formatShare(retentionUsed)} ${ofRetained(group)}`,
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
        ? group.totalLag === 0
          ? "no unread events"
          : whyNotKnown(group)
        : isNearlyAll
          ? ofRetained(group)
          : nothingLost,
  };
}

function timeLagNote(group: ConsumerGroupDetail): string {
  if (group.lagSeconds === null) return whyNotKnown(group);
  if (isHeldByRetention(group)) return "since the checkpoint: deleted events count";
  return group.lagSecondsIsLowerBound
    ? `at least: ${whyAtLeast(group.partitions)}`
    : "measured between refreshes";
}

function isHeldByRetention({ partitions }: ConsumerGroupDetail): boolean {
  return partitions.some(({ lagState }) => lagState === "behindRetention");
}

function rateNote(group: ConsumerGroupDetail): string {
  const { eventsInPerSecond: into, eventsOutPerSecond: out } = group;
  if (into === null && out === null) return whyNotKnown(group);
  if (into !== null && out !== null) return "events per second, over 60 s";
  return into === null ? `in not known: ${whyNotKnown(group)}` : `out not known: ${whyNoRateOut(group)}`;
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
      note: timeLagNote(group),
    },
    {
      label: "In · out",
      value: rates ? `${into} · ${formatRate(group.eventsOutPerSecond)}` : unknownMark,
      tone: rates ? "plain" : "unknown",
      note: rateNote(group),
    },
    caughtUpIn(group),
    owned(group),
    retention(group),
  ];
  return <Figures label={`Figures of ${group.name}`} figures={figures} explanations={explainedFigures} />;
}
