"use client";

import { EntryLines, ResetEntries } from "#components/resets/result/reset-entries.tsx";
import { SkippedEventView } from "#components/resets/skipped-event.tsx";
import { TargetName } from "#components/resets/target-name.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { skippedEventSchema } from "#lib/api/plans/skips.ts";
import {
  type ActivityEntry,
  isThroughTools,
  personOf,
  resetFacts,
  subjectText,
} from "#lib/client/activity/activity-words.ts";
import { type RecordedFact, recordedDetails } from "#lib/client/activity/recorded-details.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";
import { hasPosition } from "#lib/client/resets/plan-kind.ts";

export function activityTarget(entry: ActivityEntry) {
  const { target, mode, clamped } = resetFacts(entry);
  if (target === null || !hasPosition(target)) return null;
  return (
    <span className="text-muted">
      to <TargetName target={target} clamped={clamped} />
      {mode === null ? null : `, ${mode}`}
    </span>
  );
}

export function activityDetails(entry: ActivityEntry) {
  const { resetId, target, lines, linesNotListed } = resetFacts(entry);
  const skipped = skippedEventSchema.safeParse(
    target !== null && "skipped" in target ? target.skipped : null,
  );
  const { name, subject } = personOf(entry);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-note text-muted">
        <ZonedMoment at={entry.at} /> · {name === entry.actor ? "by" : `seen by ${entry.actor}, applied by`}{" "}
        <span className="foreign">{showText(name)}</span>
        {subject === null ? null : (
          <span className="foreign break-all"> ({showText(subjectText(subject))})</span>
        )}
        {isThroughTools(entry) ? " · through the tools for assistants" : null}
      </p>
      {skipped.success ? <SkippedEventView event={skipped.data} /> : null}
      {lines.length > 0 ? (
        <EntryLines lines={lines} notListed={linesNotListed} />
      ) : resetId === null ? (
        <Recorded entry={entry} />
      ) : (
        <ResetEntries resetId={resetId} />
      )}
    </div>
  );
}

function Recording({ fact: { name, text, isId, isTime } }: { fact: RecordedFact }) {
  if (isId) return <Fact name={name} text={text} copy />;
  return (
    <Fact name={name}>
      {text === null || text === "" ? null : isTime ? (
        <ZonedMoment at={text} />
      ) : (
        <span className="foreign break-words">{text}</span>
      )}
    </Fact>
  );
}

function Recorded({ entry }: { entry: ActivityEntry }) {
  const { facts, rest } = recordedDetails(entry);
  return (
    <>
      {facts.length === 0 ? null : (
        <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-[repeat(auto-fill,minmax(22rem,1fr))]">
          {facts.map((fact) => (
            <Recording key={fact.name} fact={fact} />
          ))}
        </dl>
      )}
      {Object.keys(rest).length === 0 ? null : (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          className="foreign max-h-80 overflow-auto rounded-md bg-raised px-3 py-2 font-mono text-note"
        >
          {showText(JSON.stringify(rest, null, 2))}
        </pre>
      )}
    </>
  );
}
