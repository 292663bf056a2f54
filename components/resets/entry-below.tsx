"use client";

import { clsx } from "clsx";
import { After, Before } from "#components/resets/result/reset-columns.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { formatDuration } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import type { EntryLine } from "#lib/client/resets/reset-words.ts";

/** The looks at a partition. The summary has the reason for those that never began. */
export function messageBelow({ reason, result }: EntryLine) {
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
        <span className="text-ink">
          <Before entry={entry} />
        </span>
        {" → "}
        <span className="text-ink">
          <After entry={entry} />
        </span>
        <Hold entry={entry} />
      </p>
      {messageBelow(entry)}
    </>
  );
}

function Hold({ entry: { live } }: { entry: EntryLine }) {
  if (live === null) return null;
  const { step, holdUntil, heldOff } = live;
  return (
    <>
      {heldOff === null ? null : (
        <span className="foreign break-all">
          {" · "}
          {heldOff} {step === "ended" ? "was paused" : "paused"}
        </span>
      )}
      {holdUntil === null ? null : (
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
