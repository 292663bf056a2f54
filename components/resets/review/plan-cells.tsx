"use client";

import type { ReactNode } from "react";
import { Chip } from "#components/ui/chip.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { ResetPlanEntry } from "#lib/api/resets.ts";
import { formatCount, formatDuration } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { StampedMoment, ZonedMoment } from "#lib/client/format/use-times.ts";
import { wordKey } from "#lib/client/help/explanation-keys.ts";
import { actWords } from "#lib/client/resets/blob-words.ts";
import { boundedCount, countBound, fateOf } from "#lib/client/resets/plan-totals.ts";

type Entry = ResetPlanEntry;

const boundTips = {
  "": null,
  "≥": "At least: the processor reads on until the partition’s wave.",
  "≤": "At most: the processor reads on until the partition’s wave.",
};

export function BoundedCount({ entry, name }: { entry: Entry; name: "replays" | "skips" }) {
  const tip = boundTips[countBound(entry, name)];
  return (
    <span className={entry[name] ? "" : "text-faint"} {...(tip === null ? {} : { "data-tip": tip })}>
      {boundedCount(entry, name)}
    </span>
  );
}

export function Then({ entry }: { entry: Entry }) {
  if (becomesText(entry) === null) return <Becomes entry={entry} />;
  return (
    <span className="flex items-center justify-between gap-2">
      <span aria-hidden className="text-faint">
        →
      </span>
      <Becomes entry={entry} />
    </span>
  );
}

export function Becomes({ entry }: { entry: Entry }) {
  const becomes = becomesText(entry);
  if (becomes === null) return <span className="text-faint">—</span>;
  if (fateOf(entry) === "moves") return <strong className="font-semibold">{becomes}</strong>;
  return (
    <span className="text-muted" data-tip="Takes effect once nothing blocks it.">
      {becomes}
    </span>
  );
}

/** Null: no target, so nobody knows what would be written. */
function becomesText({ cleans, removes, target }: Entry): string | null {
  if (cleans !== undefined) return actWords[cleans.act];
  if (removes === true) return "deleted";
  return target === null ? null : formatCount(target.sequenceNumber);
}

/** @param isAlone no column's head names the zone */
export function Resumes(props: { entry: Entry; byNumber: boolean; isAlone?: boolean }) {
  const { entry, byNumber, isAlone = false } = props;
  const { resumesAt } = entry;
  const isNowhere = fateOf(entry) === "blocked" && entry.target === null;
  if (isNowhere || entry.removes === true) return <span className="text-faint">—</span>;
  if (resumesAt === null) return <span className="text-muted">next new event</span>;
  const { enqueuedAt, sequenceNumber } = resumesAt;
  if (enqueuedAt === null) return <span className="figures">event {formatCount(sequenceNumber)}</span>;
  const Moment = isAlone ? ZonedMoment : StampedMoment;
  const clock = <Moment at={enqueuedAt} className="figures" />;
  if (!byNumber) return clock;
  return (
    <span className="figures">
      event {formatCount(sequenceNumber)} <span className="text-muted">· {clock}</span>
    </span>
  );
}

export function textsOf({ blockedBy, warnings }: Entry): string[] {
  return (blockedBy === null ? warnings : [blockedBy]).map(({ message }) => message);
}

/** Shows two lines; the rest is on hover and in the details. */
export function InTheWay({ entry }: { entry: Entry }) {
  const texts = textsOf(entry);
  const [text] = texts;
  if (text === undefined) return null;
  return (
    <span className="flex min-w-0 items-start gap-2 py-1" data-tip={texts.join("\n")}>
      <WayChip entry={entry} />
      <span className="line-clamp-2 min-w-0 text-muted">
        <TimedText text={text} />
      </span>
    </span>
  );
}

export function WayChip({ entry: { blockedBy, warnings } }: { entry: Entry }) {
  if (blockedBy !== null) {
    return (
      <Chip
        tone="stop"
        icon={<Icon name="ban" className="size-3.5 stroke-[2.5]" />}
        word="Blocked"
        about={wordKey("issue", "blocked")}
      />
    );
  }
  return (
    <Chip
      tone="warn"
      icon={<Icon name="triangle-alert" className="size-3.5 stroke-[2.5]" />}
      word={warnings.length === 1 ? "Warning" : `${warnings.length} warnings`}
      about={wordKey("issue", "warning")}
    />
  );
}

export function Held({
  entry: { holds },
  ownerName,
}: {
  entry: Entry;
  ownerName: (ownerId: string) => ReactNode;
}) {
  if (holds === null) return null;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-muted">
      {ownerName(holds.ownerId)}
      <span>for about {formatDuration(holds.seconds)}</span>
    </span>
  );
}
