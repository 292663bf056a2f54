"use client";

import type { ReactNode } from "react";
import { Ticking } from "#components/ui/clock.tsx";
import type { Column } from "#components/ui/table-model.ts";
import { liveSteps } from "#lib/api/resets.ts";
import { formatCount, formatDuration } from "#lib/client/format.ts";
import { type EntryLine, stepWords } from "#lib/client/reset-words.ts";

const faint = (text: string) => <span className="text-faint">{text}</span>;

/** What a live reset is doing with each partition: the step, who is held off, how long still, and who came back. */
export function liveColumns(ownerName: (ownerId: string) => ReactNode): Column<EntryLine>[] {
  return [
    {
      id: "step",
      label: "Step",
      width: 110,
      phoneWidth: 100,
      cell: ({ live }) =>
        live === null ? (
          faint("—")
        ) : (
          <span data-tip={stepWords[live.step].meaning}>{stepWords[live.step].word}</span>
        ),
      sortBy: ({ live }) => (live === null ? null : liveSteps.indexOf(live.step)),
      csv: ({ live }) => (live === null ? null : stepWords[live.step].word),
    },
    {
      id: "held",
      label: "Held off",
      width: 176,
      cell: ({ live }) => (live?.heldOff ? ownerName(live.heldOff) : faint("nobody")),
      sortBy: ({ live }) => live?.heldOff ?? null,
      csv: ({ live }) => live?.heldOff ?? null,
    },
    {
      id: "hold",
      label: "Hold left",
      width: 84,
      figure: true,
      hint: "Starts anew whenever the processor writes over the new checkpoint.",
      cell: ({ live }) => {
        const until = live?.holdUntil ?? null;
        if (until === null) return faint("—");
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
      figure: true,
      hint: "How often the processor wrote over the new checkpoint, and it was written again.",
      cell: ({ live }) => (live === null || live.rewrites === 0 ? faint("0") : formatCount(live.rewrites)),
      sortBy: ({ live }) => live?.rewrites ?? null,
      csv: ({ live }) => live?.rewrites ?? null,
    },
    {
      id: "resumed",
      label: "Resumed at",
      width: 112,
      figure: true,
      hint: "The sequence number that the processor went on with.",
      cell: ({ live }) =>
        live?.resumedAt === null || live === null ? (
          faint("not yet")
        ) : (
          <span {...(live.resumedBy === null ? {} : { "data-tip": `by ${live.resumedBy}` })}>
            {formatCount(live.resumedAt)}
          </span>
        ),
      sortBy: ({ live }) => live?.resumedAt ?? null,
      csv: ({ live }) => live?.resumedAt ?? null,
    },
    {
      id: "without",
      label: "No reader",
      csvLabel: "Without a reader in seconds",
      width: 88,
      figure: true,
      hint: "How long the partition was without a reader.",
      cell: ({ live }) =>
        live?.withoutReaderSeconds == null ? faint("—") : formatDuration(live.withoutReaderSeconds),
      sortBy: ({ live }) => live?.withoutReaderSeconds ?? null,
      csv: ({ live }) => live?.withoutReaderSeconds ?? null,
    },
  ];
}
