"use client";

import { clsx } from "clsx";
import { After, Before } from "#components/resets/result/reset-columns.tsx";
import { TickingText } from "#components/resets/ticking-text.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { formatCount, formatDuration, plural } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { overwriteText } from "#lib/client/resets/overwrite-words.ts";
import { type EntryLine, isAsPlanned } from "#lib/client/resets/reset-words.ts";

/** The looks at a partition. The summary has the reason for those that never began. */
export function messageBelow(entry: EntryLine) {
  const { reason, result } = entry;
  if (overwriteText(entry, 0) !== null)
    return (
      <p className="figures foreign text-note text-stop">
        <TickingText format={(now) => overwriteText(entry, now) ?? ""} />
      </p>
    );
  if (reason === null) return null;
  const isLeftOut = result === "skipped";
  return (
    <p
      className={clsx("max-w-4xl text-muted text-note", isLeftOut ? "truncate" : "text-pretty break-words")}
      {...(isLeftOut ? { "data-tip": reason.message } : {})}
    >
      <TimedText text={reason.message} />
    </p>
  );
}

export function entryBelow(entry: EntryLine) {
  return (
    <>
      <p className="figures text-muted text-note">
        {isAsPlanned(entry) ? null : (
          <>
            <span className="text-ink">
              <Before entry={entry} />
            </span>
            {" → "}
            <span className="text-ink">
              <After entry={entry} />
            </span>
          </>
        )}
        <Counts entry={entry} />
        <Hold entry={entry} />
      </p>
      {messageBelow(entry)}
    </>
  );
}

/** What the columns of a wide screen show. */
function Counts({ entry }: { entry: EntryLine }) {
  const { before, replays, skips } = entry;
  if (isAsPlanned(entry))
    return `at the review: ${formatCount(before?.sequenceNumber ?? null)}, read again ${formatCount(replays ?? null)}, skipped ${formatCount(skips ?? null)}`;
  if (replays == null && skips == null) return null;
  return ` · read again ${formatCount(replays ?? null)} · skipped ${formatCount(skips ?? null)}`;
}

function Hold({ entry: { live } }: { entry: EntryLine }) {
  if (live === null) return null;
  const { step, holdUntil, heldOff, rewrites } = live;
  return (
    <>
      {heldOff === null ? null : (
        <span className="foreign break-words">
          {" · "}
          {heldOff} {step === "ended" ? "was paused" : "paused"}
        </span>
      )}
      {rewrites === 0 ? null : ` · rewritten ${rewrites === 1 ? "once" : plural(rewrites, "time")}`}
      {holdUntil === null || rewrites > 0 ? null : (
        <>
          {" · "}
          <Ticking
            at={holdUntil}
            format={(now) => `${formatDuration(Math.max(0, (Date.parse(holdUntil) - now) / 1000))} left`}
          />
        </>
      )}
    </>
  );
}
