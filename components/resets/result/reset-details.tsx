"use client";

import { CopyButton } from "#components/ui/copy-button.tsx";
import { Fact } from "#components/ui/fact.tsx";
import type { ResetEntry } from "#lib/api/resets.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";
import { entryWords, isAsPlanned, stepWords } from "#lib/client/resets/reset-words.ts";

function countText(events: number | null | undefined, atReview: string): string | null {
  return events == null ? null : `${plural(events, "event")}${atReview}`;
}

export function ResetDetails({ entry }: { entry: ResetEntry }) {
  const { before, after, reason, live } = entry;
  const atReview = isAsPlanned(entry) ? ", at the review" : "";
  return (
    <div className="flex flex-col gap-2">
      <p className="max-w-4xl text-pretty">
        <TimedText text={reason?.message ?? entryWords(entry).meaning} />
      </p>
      <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-[repeat(auto-fill,minmax(22rem,1fr))]">
        <Fact name="Checkpoint before">
          {before !== null
            ? `${formatCount(before.sequenceNumber)}${atReview}`
            : after === null
              ? null
              : "no checkpoint"}
        </Fact>
        <Fact name="Offset before" text={before?.offset} copy />
        <Fact name="Before written">{before === null ? null : <ZonedMoment at={before.updatedAt} />}</Fact>
        <Fact name="Checkpoint after">{after === null ? null : formatCount(after.sequenceNumber)}</Fact>
        <Fact name="Offset after" text={after?.offset} copy />
        <Fact name="After written">{after === null ? null : <ZonedMoment at={after.updatedAt} />}</Fact>
        <Fact name="Read again" text={countText(entry.replays, atReview)} />
        <Fact name="Skipped" text={countText(entry.skips, atReview)} />
        {live === null ? null : (
          <>
            {live.step === "ended" ? (
              <Fact name="Ended">
                <ZonedMoment at={live.since} />
              </Fact>
            ) : (
              <Fact name="Step">
                {stepWords[live.step].word} since <ZonedMoment at={live.since} />
              </Fact>
            )}
            <Fact name="Wave">{formatCount(live.wave)}</Fact>
            <Fact name="Paused owner" text={live.heldOff} copy />
            <Fact name="Resumed by">
              {live.resumedBy === null ? null : (
                <span className="flex items-center gap-1">
                  <span className="foreign break-all font-mono text-note">{live.resumedBy}</span>
                  <CopyButton text={live.resumedBy} what="owner's id" />
                </span>
              )}
            </Fact>
          </>
        )}
      </dl>
    </div>
  );
}
