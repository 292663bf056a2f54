"use client";

import { Fact } from "#components/ui/fact.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import type { ResetPlanEntry, StandingCheckpoint } from "#lib/api/resets.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";

export function PlanDetails({ entry }: { entry: ResetPlanEntry }) {
  const { current, target, resumesAt, warnings, blockedBy, clampedTo } = entry;
  return (
    <div className="flex flex-col gap-2">
      {[blockedBy, ...warnings].map((reason) =>
        reason === null ? null : (
          <p key={reason.message} className="max-w-4xl text-pretty">
            <TimedText text={reason.message} />
            <HelpMark href={reasonPath(reason.code)} of={reason.code} />
          </p>
        ),
      )}
      <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-[repeat(auto-fill,minmax(22rem,1fr))]">
        <Fact name="Checkpoint now">{current === null ? "no checkpoint" : <Position {...current} />}</Fact>
        <Fact name="Offset now" text={current?.offset} copy />
        <Fact name="Written at">{current === null ? null : <ZonedMoment at={current.updatedAt} />}</Fact>
        <Fact name="Checkpoint then">
          {target === null ? null : <Position sequenceNumber={target.sequenceNumber} />}
          {clampedTo === null ? null : ` (moved to ${clampedTo === "earliest" ? "Earliest" : "Latest"})`}
        </Fact>
        <Fact name="Offset then" text={target?.offset} copy />
        <Fact name="Event enqueued">
          {target?.enqueuedAt ? <ZonedMoment at={target.enqueuedAt} /> : null}
        </Fact>
        <Fact name="Next event">
          {resumesAt === null ? null : (
            <>
              {formatCount(resumesAt.sequenceNumber)}
              {resumesAt.enqueuedAt === null ? null : (
                <>
                  , <ZonedMoment at={resumesAt.enqueuedAt} />
                </>
              )}
            </>
          )}
        </Fact>
      </dl>
    </div>
  );
}

function Position({ sequenceNumber }: Pick<StandingCheckpoint, "sequenceNumber">) {
  return sequenceNumber === null ? "no sequence number" : formatCount(sequenceNumber);
}
