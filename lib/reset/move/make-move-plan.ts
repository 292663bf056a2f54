import type { MovePreviewRequest } from "#lib/api/plans/moves.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { isSameGroup } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import { withMissingRights } from "../group/missing-rights.ts";
import type { ResetPlace } from "../group/place.ts";
import { buildPlan, type PlanHead } from "../plan/build-plan.ts";
import type { Passage } from "../plan/events-again.ts";
import { heldBy, partitionsAtWork } from "../plan/group-at-work.ts";
import { choosePartitions } from "../plan/make-plan.ts";
import { observationOf } from "../plan/observation.ts";
import { nowhere, positionAt, timeAt, type Wanted } from "../plan/resolve-target.ts";
import type { Situation } from "../plan/standing.ts";
import { moveAim } from "./move-aim.ts";
import { passagesOf } from "./passage.ts";
import { targetNotes } from "./target-blob.ts";
import { unknownTarget } from "./unknown-target.ts";

/**
 * Plans to copy a group's checkpoints to the common layout: in the same store, another store or another group of the
 * same hub, or by enqueued time to another hub. The source stays. Changes nothing.
 * @throws AppError `invalidRequest` when the target store has no common layout; `azure…` when a side can't be read
 */
export async function makeMovePlan(
  source: ResetPlace,
  target: ResetPlace,
  request: Omit<MovePreviewRequest, "to">,
  head: PlanHead,
  abortSignal: AbortSignal,
): Promise<PlanRecord> {
  const { commonPrefix } = target;
  if (commonPrefix === null) {
    throw new AppError(
      "invalidRequest",
      `to.store is ${target.store}, which is configured without the common layout. Name a store that has it, or add "common" to its formats.`,
    );
  }
  const { partitions, format, overwrite } = request;
  const isWithin = isSameGroup(source, target);
  // The hub is read after the blobs, so that no checkpoint seems to lie past the end.
  const there = isWithin ? null : await readSide(source, abortSignal);
  const here = await readSide(target, abortSignal);
  const hub = await target.readHub(abortSignal);
  const observation = observationOf(target, here, hub);
  const isAway = source.hub !== target.hub;
  const sourceHub = isAway ? await source.readHub(abortSignal) : hub;
  const sourceObservation = there === null ? observation : observationOf(source, there, sourceHub);
  const chosen = choosePartitions(partitions, hub, target.eventHubName);
  const ids = chosen.map(({ partitionId }) => partitionId);
  const side = { place: source, observation: sourceObservation };
  const passages = isAway ? await passagesOf(side, ids, format, abortSignal) : null;
  const rules = {
    source: side,
    target: { place: target, observation, commonPrefix },
    format,
    overwrite: new Set(overwrite),
    passages,
  };
  const running = [side, { place: target, observation }].flatMap((each) => partitionsAtWork(each));
  const record = await buildPlan(
    {
      place: target,
      observation,
      head,
      mode: "offline",
      handlerSeconds: 0,
      target: {
        kind: "move",
        from: { group: source.group, store: source.store, ...(isAway && { hub: source.hub }) },
        ...(format !== undefined && { format }),
        overwrite,
      },
      resolvedTime: null,
      partitions: chosen,
      warnings: isAway ? awayWarnings(sourceHub, hub) : [],
      aimOf: (partitionId) => heldBy(running, partitionId, moveAim(partitionId, rules)),
      wishOf: (situation) => ({
        wanted: passages === null ? whereItStands(situation) : wantedAway(situation, passages),
        processedSince: null,
        warnings: [],
      }),
    },
    abortSignal,
  );
  const unknown = await unknownTarget(source, target, abortSignal);
  const blobNames = record.plan.entries.flatMap(({ targetBlobName }) => targetBlobName ?? []);
  const noted = {
    ...record,
    plan: {
      ...record.plan,
      warnings: [...unknown, ...record.plan.warnings],
      notes: targetNotes(blobNames),
    },
  };
  return withMissingRights(noted, target, abortSignal);
}

/** Containers of two accounts may have one name, so the store is named too. */
async function readSide(place: ResetPlace, abortSignal: AbortSignal): Promise<StoreReading> {
  try {
    return await place.readStore(abortSignal);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const { code, message, retryable, retryAfterSeconds } = cause;
    throw new AppError(code, `The store ${place.store} can't be read. ${message}`, {
      retryable,
      cause,
      ...(retryAfterSeconds !== null && { retryAfterSeconds }),
    });
  }
}

function wantedAway({ partitionId, stream }: Situation, passages: ReadonlyMap<string, Passage>): Wanted {
  const enqueuedAt = passages.get(partitionId)?.enqueuedAt ?? null;
  return enqueuedAt === null ? { at: "start", clamp: null } : timeAt(enqueuedAt, stream);
}

function awayWarnings(from: HubReading, to: HubReading): Reason[] {
  const here = new Set(to.partitions.map(({ partitionId }) => partitionId));
  const partitionIds = from.partitions.flatMap(({ partitionId }) =>
    here.has(partitionId) ? [] : [partitionId],
  );
  const left = partitionIds.length === 0 ? [] : [{ partitionIds, partitions: here.size }];
  return [reason("byTimeAlone"), ...left.map((params) => reason("partitionsLeftBehind", params))];
}

/**
 * Continues after the moved checkpoint's event, or at the start if that event has left the stream: its offset
 * means nothing then.
 */
function whereItStands({ checkpoint, standing, stream }: Situation): Wanted {
  if (standing.next === null || checkpoint === null)
    return nowhere(reason("sourceUnknown", { because: standing.why ?? reason("noCheckpoint") }));
  const { sequenceNumber, offset } = checkpoint;
  if (offset === "-1" || sequenceNumber === null) return { at: "start", clamp: null };
  if (standing.lost > 0) return positionAt(sequenceNumber + 1, stream);
  if (sequenceNumber < stream.begin) return { at: "start", clamp: null };
  return offset === null
    ? { at: "event", sequenceNumber }
    : { at: "stored", stored: { sequenceNumber, offset } };
}
