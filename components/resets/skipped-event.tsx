"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { SkippedEvent } from "#lib/api/plans/skips.ts";
import type { ResetResult } from "#lib/api/resets.ts";
import { showLines } from "#lib/client/format/foreign-text.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";
import { resetQuery } from "#lib/client/resets/reset-queries.ts";

function skipWords(result: ResetResult | null, isPassed: boolean): [lead: string, rest: string] {
  if (isPassed) {
    const so = result === null ? "there is nothing to skip." : "it was not skipped.";
    return ["Was to skip", ` The group has passed the event meanwhile: ${so}`];
  }
  switch (result) {
    case null:
      return ["Will skip", " The group will never read it."];
    case "pending":
      return ["Skipping", " The group will never read it."];
    case "written":
      return ["Skipped", ""];
    case "overwritten":
      return ["Skipped", " Then a processor overwrote the checkpoint: it may be read again."];
    case "unknown":
      return ["Was to skip", " It is unknown whether it was skipped."];
    default:
      return ["Was to skip", " It was not skipped."];
  }
}

/** Nothing where what is undone was no skip. */
export function UndoneSkip({ resetId }: { resetId: string }) {
  const { data: reset } = useQuery(resetQuery(resetId));
  if (reset === undefined || !("skipped" in reset.target)) return null;
  return <UndoneSkipView event={reset.target.skipped} />;
}

/** The event that an undone skip had skipped, and which the group meets again. */
export function UndoneSkipView({
  event: { partitionId, sequenceNumber, enqueuedAt },
}: {
  event: SkippedEvent;
}) {
  return (
    <section aria-label="Skipped event" className="rounded-lg border border-line bg-surface px-4 py-2.5">
      <p className="figures">
        Undoes the skip of <strong className="font-semibold">event {formatCount(sequenceNumber)}</strong> of
        partition {partitionId}, enqueued <ZonedMoment at={enqueuedAt} />. The group will read it again, and
        gets stuck there again if its handler still fails on it.
      </p>
    </section>
  );
}

interface Props {
  event: SkippedEvent;
  /** Null: it is planned. */
  result?: ResetResult | null;
  isPassed?: boolean;
  children?: ReactNode;
}

/** Danger is what is ahead: a skip that is done, or was not, is a record. */
export function SkippedEventView({ event, result = null, isPassed = false, children }: Props) {
  const { partitionId, sequenceNumber, enqueuedAt, kind, preview, bytes, isCut } = event;
  const [lead, rest] = skipWords(result, isPassed);
  return (
    <section
      aria-label="Skipped event"
      className={clsx(
        "flex flex-col gap-1 rounded-lg border bg-surface px-4 py-2.5",
        !isPassed && (result === null || result === "pending") ? "border-stop/50" : "border-line",
      )}
    >
      <p className="figures">
        <strong className="font-semibold">
          {lead} event {formatCount(sequenceNumber)}
        </strong>{" "}
        of partition {partitionId}, enqueued <ZonedMoment at={enqueuedAt} />
        {bytes === null ? null : `, ${plural(bytes, "byte")}`}.{rest}
      </p>
      {kind === "empty" || preview === null ? (
        <p className="text-muted">
          {kind === "empty" ? "Its body is empty." : "Its content is shown to the group’s operators."}
        </p>
      ) : (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          className="foreign max-h-40 overflow-auto whitespace-pre-wrap break-all rounded border border-line bg-raised px-3 py-2 font-mono text-note"
        >
          {showLines(preview)}
          {isCut ? " …" : null}
        </pre>
      )}
      {children}
    </section>
  );
}
