"use client";

import type { ReactNode } from "react";
import type { ResetPlanEntry } from "#lib/api/resets.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { cleanupWords } from "#lib/client/resets/blob-words.ts";
import { boundedCount } from "#lib/client/resets/plan-totals.ts";
import { Held, Resumes, WayChip } from "./plan-cells.tsx";

interface Props {
  entry: ResetPlanEntry;
  isUndo: boolean;
  isNew?: boolean;
  byNumber?: boolean;
  ownerName: (ownerId: string) => ReactNode;
}

export function PlanBelow({ entry, isUndo, isNew = false, byNumber = false, ownerName }: Props) {
  const { blockedBy, warnings, processedSince } = entry;
  const said = blockedBy === null ? warnings : [blockedBy];
  return (
    <div className="flex flex-col gap-1 text-muted text-note">
      {entry.cleans === undefined ? null : <p>{cleanupWords[entry.cleans.why]}</p>}
      {entry.target === null ? null : (
        <p className="figures">
          {isNew ? "Read" : "Read again"} <Strong text={boundedCount(entry, "replays")} /> · Skipped{" "}
          <Strong text={boundedCount(entry, "skips")} />
          {isUndo ? (
            <>
              {" "}
              · Processed since <Strong text={formatCount(processedSince)} />
            </>
          ) : null}
          <br />
          Resumes with <Resumes entry={entry} byNumber={byNumber} isAlone />
        </p>
      )}
      {said.length === 0 ? null : (
        <div className="flex items-start gap-2">
          <WayChip entry={entry} />
          <div className="min-w-0 text-pretty break-words">
            {said.map(({ message }) => (
              <p key={message}>
                <TimedText text={message} />
              </p>
            ))}
          </div>
        </div>
      )}
      {entry.holds === null ? null : (
        <div className="flex items-center gap-1.5">
          Pauses <Held entry={entry} ownerName={ownerName} />
        </div>
      )}
    </div>
  );
}

function Strong({ text }: { text: string }) {
  return <strong className="font-medium text-ink">{text}</strong>;
}
