"use client";

import type { ReactNode } from "react";
import { Ticking } from "#components/ui/clock.tsx";
import type { PlainColumn } from "#components/ui/table/table-model.ts";
import { liveSteps } from "#lib/api/plans/live-progress.ts";
import { formatCount, formatDuration, unknownMark } from "#lib/client/format/format.ts";
import { type EntryLine, isUnderWay, stepWords } from "#lib/client/resets/reset-words.ts";

const faint = (text: string) => <span className="text-faint">{text}</span>;

const pausedAnew = "A processor overwrote the checkpoint: the pause begins again each time it does.";

function isBegun({ live, after }: EntryLine): boolean {
  return (
    live !== null &&
    live.step !== "waiting" &&
    (live.step !== "ended" || after !== null || live.heldOff !== null)
  );
}

/** Once it has ended, no step and no rest of a pause is left to be told. */
export function liveColumns(
  ownerName: (ownerId: string) => ReactNode,
  isRunning: boolean,
): PlainColumn<EntryLine>[] {
  const running: ReadonlySet<string> = new Set(["step", "hold"]);
  return allColumns(ownerName, isRunning).filter(({ id }) => isRunning || !running.has(id));
}

function allColumns(ownerName: (ownerId: string) => ReactNode, isRunning: boolean): PlainColumn<EntryLine>[] {
  return [
    {
      id: "step",
      label: "Step",
      width: 104,
      phoneWidth: 94,
      cell: ({ live }) =>
        live === null ? (
          faint(unknownMark)
        ) : (
          <span data-tip={stepWords[live.step].meaning}>{stepWords[live.step].word}</span>
        ),
      sortBy: ({ live }) => (live === null ? null : liveSteps.indexOf(live.step)),
      csv: ({ live }) => (live === null ? null : stepWords[live.step].word),
    },
    {
      id: "held",
      label: "Paused owner",
      width: 160,
      grows: isRunning,
      phoneWidth: 0,
      cell: (entry) => {
        const { live } = entry;
        if (live?.heldOff) return ownerName(live.heldOff);
        return faint(isBegun(entry) && live?.step !== "claiming" ? "nobody" : unknownMark);
      },
      sortBy: ({ live }) => live?.heldOff ?? null,
      csv: ({ live }) => live?.heldOff ?? null,
    },
    {
      id: "hold",
      label: "Pause left",
      width: 92,
      phoneWidth: 0,
      figure: true,
      cell: ({ live }) => {
        const until = live?.holdUntil ?? null;
        if (until === null || live === null) return faint(unknownMark);
        if (live.rewrites > 0) return <span data-tip={pausedAnew}>{faint("not known")}</span>;
        return (
          <Ticking
            at={until}
            format={(now) => formatDuration(Math.max(0, (Date.parse(until) - now) / 1000))}
          />
        );
      },
      sortBy: ({ live }) => (live?.holdUntil ? Date.parse(live.holdUntil) : null),
    },
    {
      id: "rewrites",
      label: "Rewritten",
      width: 88,
      phoneWidth: 0,
      figure: true,
      cell: (entry) => {
        if (!isBegun(entry)) return faint(unknownMark);
        const rewrites = entry.live?.rewrites ?? 0;
        return rewrites === 0 ? faint("0") : formatCount(rewrites);
      },
      sortBy: ({ live }) => live?.rewrites ?? null,
      csv: ({ live }) => live?.rewrites ?? null,
    },
    {
      id: "resumed",
      label: "Resumed at",
      width: 100,
      phoneWidth: 0,
      figure: true,
      cell: (entry) => {
        const { live } = entry;
        if (live === null || live.resumedAt === null)
          return faint(isUnderWay(entry) ? "not yet" : unknownMark);
        return (
          <span {...(live.resumedBy === null ? {} : { "data-tip": `by ${live.resumedBy}` })}>
            {formatCount(live.resumedAt)}
          </span>
        );
      },
      sortBy: ({ live }) => live?.resumedAt ?? null,
      csv: ({ live }) => live?.resumedAt ?? null,
    },
    {
      id: "without",
      label: "Paused for",
      csvUnit: "seconds",
      width: 100,
      phoneWidth: 0,
      figure: true,
      cell: ({ live }) =>
        live?.withoutReaderSeconds == null ? faint(unknownMark) : formatDuration(live.withoutReaderSeconds),
      sortBy: ({ live }) => live?.withoutReaderSeconds ?? null,
      csv: ({ live }) => live?.withoutReaderSeconds ?? null,
    },
  ];
}
