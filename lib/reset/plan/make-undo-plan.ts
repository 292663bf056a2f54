import { reason } from "#lib/api/reasons/reason.ts";
import { AppError } from "#lib/core/app-error.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { EntryRecord, EntryResult, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { hasNoPosition } from "#lib/lag/checkpoint-position.ts";
import type { ResetPlace } from "../group/place.ts";
import { buildPlan, type PlanHead } from "./build-plan.ts";
import { heldBy, partitionsAtWork } from "./group-at-work.ts";
import { observe } from "./observation.ts";
import { nowhere, positionAt, type Wanted } from "./resolve-target.ts";
import { isOfFormerHub, type Situation } from "./standing.ts";
import { isUndoneExactly, undoAim } from "./undo-aim.ts";

const undoable: ReadonlySet<EntryResult> = new Set(["written", "overwritten", "unknown"]);

/** True when a reset wrote something, or may have, so that it can be undone. */
export function hasWritten({ entries }: Pick<ResetRecord, "entries">): boolean {
  return entries.some(mayBeWritten);
}

export function mayBeWritten({ result }: Pick<EntryRecord, "result">): boolean {
  return undoable.has(result);
}

/** For live resets recorded before the handler's time was. */
const defaultHandlerSeconds = 30;

/**
 * Plans to restore what a reset replaced, on the partitions that it wrote and in the same mode. Leaves out what was
 * unusable before, with the reason (lib/reset/README.md#undo). Like a move, its undo leaves a running group alone.
 * @throws AppError `conflict` when it replaced nothing; `azure…` when the store or the hub can't be read
 */
export async function makeUndoPlan(
  place: ResetPlace,
  reset: ResetRecord,
  head: PlanHead,
  abortSignal: AbortSignal,
): Promise<PlanRecord> {
  const entries = new Map(reset.entries.filter(mayBeWritten).map((entry) => [entry.partitionId, entry]));
  if (entries.size === 0)
    throw new AppError("conflict", "This reset wrote nothing, so there is nothing to undo.");
  const observation = await observe(place, abortSignal, [...entries.keys()]);
  const entryOf = (partitionId: string) => {
    const entry = entries.get(partitionId);
    if (entry === undefined) throw new RangeError("A partition that was not reset is not undone.");
    return entry;
  };
  const gone =
    entries.size - observation.hub.partitions.filter(({ partitionId }) => entries.has(partitionId)).length;
  const ownEtags = new Map(
    [...entries].flatMap(([id, { after }]) => (after === null ? [] : [[id, after.etag] as const])),
  );
  const running = isUndoneExactly(reset) ? partitionsAtWork({ place, observation }, ownEtags) : [];
  return buildPlan(
    {
      place,
      observation,
      head,
      mode: reset.mode,
      handlerSeconds: reset.handlerSeconds ?? defaultHandlerSeconds,
      target: { kind: "undo", resetId: reset.id },
      resolvedTime: null,
      partitions: observation.hub.partitions.filter(({ partitionId }) => entries.has(partitionId)),
      warnings: gone === 0 ? [] : [reason("partitionsGone", { partitions: gone })],
      ownEtags,
      ...(isUndoneExactly(reset) && {
        aimOf: (partitionId: string) =>
          heldBy(running, partitionId, undoAim(reset.id, entryOf(partitionId), observation)),
      }),
      wishOf: (situation) => {
        const entry = entryOf(situation.partitionId);
        const isOtherHub = observation.hub.createdOn !== reset.createdOn;
        return {
          wanted: isOtherHub
            ? nowhere(reason("hubRecreated"))
            : restored(entry, situation, observation.hub.createdOn),
          processedSince: isOtherHub ? null : processedSince(entry, situation),
          warnings: entry.result === "unknown" ? [reason("writeUncertain")] : [],
        };
      },
    },
    abortSignal,
  );
}

function restored({ before }: EntryRecord, { stream }: Situation, hubCreatedOn: EpochMs): Wanted {
  if (before === null) return nowhere(reason("noCheckpointBefore"));
  const { sequenceNumber, offset, format } = before;
  if (offset === "-1") return { at: "start", clamp: null };
  if (sequenceNumber === null || hasNoPosition({ ...before, unreadable: null }))
    return nowhere(reason("formerUnusable", { format }));
  if (isOfFormerHub(before, hubCreatedOn)) return nowhere(reason("formerOfOldHub"));
  if (sequenceNumber > stream.last)
    return nowhere(reason("formerPastEnd", { sequenceNumber, lastSequenceNumber: stream.last }));
  if (sequenceNumber + 1 < stream.begin) return positionAt(sequenceNumber + 1, stream);
  // The offset means nothing once its event has left the stream (lib/reset/README.md#undo).
  if (sequenceNumber < stream.begin) return { at: "start", clamp: null };
  return offset === null
    ? { at: "event", sequenceNumber }
    : { at: "stored", stored: { sequenceNumber, offset } };
}

/** Null when it can't be told: the write is unknown, or another reset moved the partition. */
function processedSince({ after }: EntryRecord, { checkpoint }: Situation): number | null {
  const now = checkpoint?.sequenceNumber ?? null;
  if (after === null || checkpoint === null || now === null) return null;
  if (now === after.sequenceNumber && checkpoint.offset === after.offset) return 0;
  return isOwnWrite(checkpoint.writtenBy) || now < after.sequenceNumber ? null : now - after.sequenceNumber;
}
