"use client";

import { Fact } from "#components/ui/fact.tsx";
import type { ResetPlanEntry } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";

export function MoveDetails({ entry }: { entry: ResetPlanEntry }) {
  const { source, current, target, targetBlobName, resumesAt, owners, warnings, blockedBy } = entry;
  const isBeside = blockedBy?.code === "targetSpelledOtherwise";
  const besideBlob = isBeside ? String(blockedBy.params.blobName) : null;
  return (
    <div className="flex flex-col gap-2">
      {[...(blockedBy === null ? [] : [blockedBy]), ...warnings].map(({ message }) => (
        <p key={message} className="max-w-4xl text-pretty">
          <TimedText text={message} />
        </p>
      ))}
      <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        <Side title="Source">
          <Fact name="Position">{source == null ? "no checkpoint" : position(source.sequenceNumber)}</Fact>
          <Fact name="Layout" text={source?.format} />
          <Fact name="Blob" text={source?.blobName} copy />
          <Fact name="Offset" text={source?.offset} copy />
          <Fact name="Written">{source == null ? null : <ZonedMoment at={source.updatedAt} />}</Fact>
          <Fact name="Owner" text={owners?.source ?? "nobody"} />
        </Side>
        <Side title="Target">
          <Fact name="Checkpoint now">
            {current === null ? "no checkpoint" : position(current.sequenceNumber)}
            {current === null || besideBlob === null ? null : (
              <>
                , in <span className="foreign break-all font-mono text-note">{showText(besideBlob)}</span>
              </>
            )}
          </Fact>
          <Fact name="Blob" text={targetBlobName} copy />
          <Fact name="Checkpoint then">{target === null ? null : position(target.sequenceNumber)}</Fact>
          <Fact name="Offset then" text={target?.offset} copy />
          <Fact name="Event enqueued">
            {target?.enqueuedAt ? <ZonedMoment at={target.enqueuedAt} /> : null}
          </Fact>
          <Fact name="Next event">{resumesAt === null ? null : formatCount(resumesAt.sequenceNumber)}</Fact>
          <Fact name="Owner" text={owners?.target ?? "nobody"} />
        </Side>
      </div>
    </div>
  );
}

function Side({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="font-medium">{title}</h3>
      <dl className="mt-1 flex flex-col gap-1">{children}</dl>
    </section>
  );
}

function position(sequenceNumber: number | null): string {
  return sequenceNumber === null ? "no sequence number" : formatCount(sequenceNumber);
}
