import type { ReactNode } from "react";
import type { SkippedEvent } from "#lib/api/plans/skips.ts";
import { showLines } from "#lib/client/format/foreign-text.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";

export function SkippedEventView({ event, children }: { event: SkippedEvent; children?: ReactNode }) {
  const { partitionId, sequenceNumber, enqueuedAt, kind, preview, bytes, isCut } = event;
  return (
    <section
      aria-label="Skipped event"
      className="flex flex-col gap-1 rounded-lg border border-stop/50 bg-surface px-4 py-2.5"
    >
      <p className="figures">
        <strong className="font-semibold">Skips event {formatCount(sequenceNumber)}</strong> of partition{" "}
        {partitionId}, enqueued <ZonedMoment at={enqueuedAt} />
        {bytes === null ? null : `, ${plural(bytes, "byte")}`}. The group never reads it.
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
