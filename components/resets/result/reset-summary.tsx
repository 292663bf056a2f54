"use client";

import { useCallback } from "react";
import { AlikeList } from "#components/resets/alike-list.tsx";
import { Phrases } from "#components/resets/phrases.tsx";
import { TickingText } from "#components/resets/ticking-text.tsx";
import { Ticking, useTicking } from "#components/ui/clock.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Progress } from "#components/ui/progress.tsx";
import type { Reset } from "#lib/api/resets.ts";
import { formatDuration } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { kindOf, kindsIn } from "#lib/client/resets/alike.ts";
import { isOfBlobs } from "#lib/client/resets/blob-words.ts";
import { liveProgress } from "#lib/client/resets/live-progress.ts";
import { overwritesText } from "#lib/client/resets/overwrite-words.ts";
import { readPhrases } from "#lib/client/resets/read-phrases.ts";
import {
  countResults,
  isWatched,
  resetCauses,
  resetSummary,
  watchedText,
  wroteNothing,
} from "#lib/client/resets/reset-words.ts";

export function ResetSummary({ reset }: { reset: Reset }) {
  const { state, entries, reason } = reset;
  const through = entries.length - countResults(reset).pending;
  // The reset's own reason is usually one of them.
  const isOverwritten = overwritesText(reset, 0) !== null;
  const told = reason === null ? [] : kindsIn(reason);
  const causes = resetCauses(reset).filter((cause) => !told.includes(kindOf(cause.reason)));
  return (
    <section
      aria-label="Summary"
      className="flex flex-col gap-2 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <p role="status" className="figures text-pretty text-[15px] leading-6">
        <Phrases phrases={[...resetSummary(reset), ...readPhrases(reset)]} />
      </p>
      {state === "running" ? (
        <>
          <Progress
            label={isOfBlobs(reset) ? "Blobs done" : "Partitions done"}
            share={entries.length === 0 ? 1 : through / entries.length}
          />
          <p role="alert" className="figures flex gap-2 empty:hidden">
            {isOverwritten ? (
              <>
                <Icon name="eraser" className="mt-0.5 size-4 shrink-0 text-stop" />
                <span className="foreign min-w-0 text-pretty break-words">
                  <TickingText format={(now) => overwritesText(reset, now) ?? ""} />
                </span>
              </>
            ) : null}
          </p>
          <p className="figures text-muted text-note empty:hidden">
            <TickingText format={(now) => liveProgress(reset, now) ?? ""} />
          </p>
        </>
      ) : null}
      {reason === null ? null : (
        <p className="flex gap-2">
          <Icon name="circle-x" className="mt-0.5 size-4 shrink-0 text-stop" />
          <span className="min-w-0 text-pretty break-words">
            <TimedText text={reason.message} />
            <HelpMark href={reasonPath(reason.code)} of={reason.code} />
          </span>
        </p>
      )}
      <AlikeList alike={causes} />
      <Watched reset={reset} />
    </section>
  );
}

function Watched({ reset }: { reset: Reset }) {
  const { watchedUntil, state } = reset;
  const until = watchedUntil === null ? 0 : Date.parse(watchedUntil);
  const isOver = useTicking(useCallback((now) => (now >= until ? "over" : ""), [until])) !== "";
  if (!isWatched(reset) || state === "running" || wroteNothing(countResults(reset))) return null;
  return (
    <p className="flex gap-2 text-note text-muted">
      <Icon name="eye" className="size-4 shrink-0" />
      {isOver ? (
        watchedText(reset)
      ) : (
        <span>
          Watching for another <Ticking format={(now) => formatDuration((until - now) / 1000)} />: a processor
          that {isOfBlobs(reset) ? "writes to these blobs again" : "overwrites the new position"} will be
          shown here.
        </span>
      )}
    </p>
  );
}
