"use client";

import type { ReactNode } from "react";
import { Ticking } from "#components/ui/clock.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { GroupPartition, Owner } from "#lib/api/consumer-group.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import {
  formatAge,
  formatCount,
  formatDuration,
  formatSequenceNumber,
  formatShare,
  plural,
} from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { isLosing, lossesOf } from "#lib/client/lag/losses.ts";
import { resetResultPath } from "#lib/client/url/paths.ts";
import { processorOwner, resetHolding } from "#lib/core/holding-owner.ts";
import { LostSince } from "../lost-since.tsx";

const formatNames = {
  common: "common (every current SDK)",
  functions: "Azure Functions before extension 5",
  dapr: "Dapr before 1.10",
  eph: "EventProcessorHost",
  go3: "azure-event-hubs-go 3",
};

export function PartitionDetails({ partition, events }: { partition: GroupPartition; events?: ReactNode }) {
  const { checkpoint, owner, reason, statusReason, ownerReason, lostEvents, retentionUsed } = partition;
  const losses = lossesOf(partition);
  return (
    <div className="flex flex-col gap-2">
      {[reason, statusReason].map((one) =>
        one === null ? null : (
          <p key={one.code} className="max-w-3xl">
            <TimedText text={one.message} />
            <HelpMark href={reasonPath(one.code)} of={one.code} />
          </p>
        ),
      )}
      <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-[repeat(auto-fill,minmax(22rem,1fr))]">
        <Fact name="Checkpoint blob" text={checkpoint?.blobName} copy />
        <Fact name="Offset" text={checkpoint?.offset} copy />
        <Fact name="Format" text={checkpoint ? formatNames[checkpoint.format] : null} />
        <Fact name="Written by" text={checkpoint?.writtenBy} copy />
        <Fact name="Written">{checkpoint ? <Age at={checkpoint.updatedAt} /> : null}</Fact>
        <Fact name="Owner" text={processorOwner(owner)?.ownerId ?? null} copy />
        <Fact name="Ownership">
          {owner === null ? (
            ownerReason && <TimedText text={ownerReason.message} />
          ) : isHeldByReset(owner) ? (
            <HeldByReset owner={owner} />
          ) : (
            <>
              {owner.state}, renewed <Age at={owner.lastRenewedAt} />
            </>
          )}
        </Fact>
        {partition.otherCheckpoints.map((other) => (
          <Fact key={other.blobName} name="Also in">
            {other.sequenceNumber === null ? "unreadable" : formatCount(other.sequenceNumber)} in{" "}
            <span className="foreign break-all font-mono text-note">{showText(other.blobName)}</span> (
            {other.format}), <Age at={other.updatedAt} />
          </Fact>
        ))}
        <Fact
          name="Beginning"
          text={
            partition.beginningSequenceNumber === null
              ? null
              : formatSequenceNumber(partition.beginningSequenceNumber)
          }
        />
        <Fact name="Retention used" text={retentionUsed === null ? null : formatShare(retentionUsed)} />
        <Fact name="Next loss" text={lossText(partition.secondsUntilLoss)} />
        <Fact name="Deleted by retention">
          {losses === null ? (
            lostEvents === null ? null : (
              "none past the checkpoint"
            )
          ) : (
            <>
              {plural(losses.events, "event")} <LostSince losses={losses} />
              {losses.since !== null && isLosing(partition)
                ? `; ${plural(lostEvents ?? 0, "event")} past the checkpoint now`
                : null}
            </>
          )}
        </Fact>
      </dl>
      {events}
    </div>
  );
}

function isHeldByReset({ ownerId, state }: Owner): boolean {
  return state !== "released" && resetHolding(ownerId) !== null;
}

function HeldByReset({ owner: { ownerId, state } }: { owner: Owner }) {
  const { resetId } = resetHolding(ownerId) ?? { resetId: "" };
  return (
    <Link href={resetResultPath(resetId)} className="hover:underline">
      {state === "active" ? "paused by a live reset" : "none since a live reset"}
    </Link>
  );
}

function lossText(seconds: number | null): string | null {
  if (seconds === null) return null;
  return seconds === 0 ? "now: retention is deleting unread events" : `in ${formatDuration(seconds)}`;
}

function Age({ at }: { at: string }) {
  return <Ticking at={at} format={(now) => formatAge(at, now)} />;
}
