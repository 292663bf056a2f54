"use client";

import { EntryLines, ResetEntries } from "#components/resets/reset-entries.tsx";
import { TargetName } from "#components/resets/target-name.tsx";
import { type ActivityEntry, resetFacts } from "#lib/client/activity-words.ts";
import { showText } from "#lib/client/foreign-text.ts";

/** Where the reset of an entry went to. */
export function activityTarget(entry: ActivityEntry) {
  const { target, mode } = resetFacts(entry);
  if (target === null) return null;
  return (
    <span className="text-muted">
      to <TargetName target={target} at={entry.at} />
      {mode === null ? null : `, ${mode}`}
    </span>
  );
}

/** What an entry unfolds to: what was seen, and before and after of each partition where it is of a reset. */
export function activityDetails(entry: ActivityEntry) {
  const { resetId, message, lines, linesNotListed } = resetFacts(entry);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-note text-muted">
        {entry.at.replace("T", " ").replace("Z", " UTC")} · by{" "}
        <span className="foreign">{showText(entry.actor)}</span>
      </p>
      {message === null ? null : <p className="max-w-4xl text-pretty break-words">{message}</p>}
      {lines.length > 0 ? (
        <EntryLines lines={lines} notListed={linesNotListed} />
      ) : resetId === null ? (
        <Recorded details={entry.details} />
      ) : (
        <ResetEntries resetId={resetId} />
      )}
    </div>
  );
}

/** What was recorded, as it was: of an entry that is of no reset. */
function Recorded({ details }: Pick<ActivityEntry, "details">) {
  const text = JSON.stringify(details, null, 2);
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="foreign max-h-80 overflow-auto rounded-md bg-raised px-3 py-2 font-mono text-note"
    >
      {text}
    </pre>
  );
}
