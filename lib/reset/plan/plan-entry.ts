import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import type { Edge, ResetMode } from "#lib/api/resets.ts";
import { positionFault } from "#lib/checkpoint-store/position.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { PartitionReading } from "#lib/core/hub-reading.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { toIso } from "#lib/core/time.ts";
import type { MadePlanEntry, MovedCheckpoint, PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { renewalSeconds } from "#lib/ownership/expiration.ts";
import type { ResetPlace } from "../group/place.ts";
import { workingSeconds } from "../group/working-seconds.ts";
import { type CheckpointBlob, checkpointBlob, rewriteFault } from "./checkpoint-blob.ts";
import {
  entryWarnings,
  landingWarnings,
  passedWarnings,
  stalledOwner,
  treeWarnings,
} from "./entry-warnings.ts";
import type { EventLookup } from "./event-lookup.ts";
import { countEvents, eventsAgain, type Passage } from "./events-again.ts";
import { holdSeconds } from "./hold-seconds.ts";
import { inTheWay } from "./in-the-way.ts";
import { type Landing, land, type NotLanded } from "./land.ts";
import { blobsOf, type Observation } from "./observation.ts";
import type { StoredPosition, Wanted } from "./resolve-target.ts";
import { type Situation, type Standing, standingOf } from "./standing.ts";
import { streamOf } from "./stream.ts";

/**
 * What all partitions of one plan share. `ownEtags`: the etags that a reset left, by partition. Without
 * `aimOf`, the plan writes the blobs that the group's processors read.
 */
export interface PlanContext {
  place: ResetPlace;
  observation: Observation;
  events: EventLookup;
  mode: ResetMode;
  handlerSeconds: number;
  ownEtags: ReadonlyMap<string, string>;
  aimOf: ((partitionId: string) => Aim) | null;
  abortSignal: AbortSignal;
}

/**
 * The blob that a move, or the undo of a move, writes.
 * - `blockedBy`: why the blob must not be written; `occupied`: the checkpoint that must not be replaced, in any spelling.
 * - `from`: the moved checkpoint, from which events are counted; undefined: from the blob's own.
 * - `owners`: the partition's owners on both sides of a move.
 * - `passage`: for a move from another hub, since sequence numbers of that hub mean nothing here.
 * - `removes`: deletes the blob, because none was there before.
 * - `restores`: writes this whole content if its position is the planned one.
 * - `undoesMove`: it undoes a move, or such an undo.
 */
export interface Aim {
  chosen: CheckpointBlob;
  blockedBy: Reason | null;
  from?: StoredCheckpoint | null;
  owners?: NonNullable<MadePlanEntry["owners"]>;
  occupied: { by: StoredCheckpoint; why: Reason } | null;
  warnings: Reason[];
  source?: MovedCheckpoint;
  passage?: Passage;
  removes?: true;
  restores?: StoredPosition & Pick<PlannedWrite, "metadata" | "content">;
  undoesMove?: true;
}

export interface Wish {
  wanted: Wanted;
  processedSince: number | null;
  warnings: Reason[];
}

/**
 * Without a `write` the partition is blocked or `isUnchanged`: already at the target, or at the end of the
 * stream nearest to it.
 */
export interface PlannedEntry {
  entry: MadePlanEntry;
  write: PlannedWrite | null;
  isUnchanged?: true;
}

/** Plans one partition. Failures of Azure block this partition only; they are not thrown. */
export async function planEntry(
  context: PlanContext,
  reading: PartitionReading,
  wishOf: (situation: Situation) => Wish,
): Promise<PlannedEntry> {
  const { observation, mode } = context;
  const { partitionId } = reading;
  const blobs = blobsOf(observation, partitionId);
  const aim = context.aimOf?.(partitionId) ?? null;
  const chosen =
    aim?.chosen ?? checkpointBlob(partitionId, blobs, observation.trees, observation, context.place);
  const { blob, blockedBy, checkpoint } = chosen;
  const from = aim?.from === undefined ? checkpoint : aim.from;
  const blank = {
    ...blankEntry(partitionId, checkpoint ?? aim?.occupied?.by ?? null),
    ...(aim?.from === undefined ? {} : { source: shownSource(aim.from, aim.passage) }),
    ...(aim?.owners && { owners: aim.owners }),
    ...(aim !== null && aim.from !== null && blob !== null && { targetBlobName: blob.blobName }),
    warnings: aim === null ? treeWarnings(chosen) : [],
  };
  let about = blank;
  let inItsWay: Reason | null = null;
  // An owner in the way is told first: nothing else matters until it is gone.
  const blocked = (why: Reason, repairs: Edge[] = []): PlannedEntry => ({
    entry: { ...about, blockedBy: inItsWay ?? why, repairs: inItsWay === null ? repairs : [] },
    write: null,
  });
  if (reading.error !== null) return blocked(failureOf(reading.error));

  const stream = streamOf(reading.properties, observation.hub.isGeoDrEnabled);
  const standing = standingOf(aim?.passage ? null : from, stream, observation.hub.createdOn);
  const way = inTheWay(blobs, {
    mode,
    storeNow: observation.storeNow,
    guardSeconds: observation.guardSeconds,
    checkpointSeconds: context.place.observedCheckpointSeconds(partitionId),
    ownEtag: context.ownEtags.get(partitionId) ?? null,
  });
  if (way.blockedBy !== null && aim !== null) return blocked(way.blockedBy);
  inItsWay = way.blockedBy;
  if (blob === null) return blocked(blockedBy);
  if (aim !== null && aim.blockedBy !== null) return blocked(aim.blockedBy);
  if (aim?.removes) return removal(partitionId, blob, chosen, { ...blank, warnings: aim.warnings });
  if (mode === "live" && blob.format !== "common") {
    return blocked(reason("layoutNotLive", { format: blob.format }));
  }
  const wish = wishOf({ partitionId, stream, standing, checkpoint: from });
  const site = { partitionId, stream, isQuiet: way.isQuiet };
  const landing = await landSafely(() => land(wish.wanted, site, context.events));
  about = { ...blank, processedSince: wish.processedSince };
  if (landing.blockedBy !== null) return blocked(landing.blockedBy, repairsOf(landing, aim));
  const clampedTo = landing.clamp?.to ?? null;
  const here = from === checkpoint ? standing : standingOf(checkpoint, stream, observation.hub.createdOn);
  if (inItsWay === null && isUnchanged(checkpoint, here, landing))
    return { entry: { ...about, clampedTo }, write: null, isUnchanged: true };
  const { sequenceNumber, offset } = landing.target;
  const rivals = chosen.others.map(({ blobName, etag }) => ({ blobName, etag }));
  const write: PlannedWrite = {
    partitionId,
    ...blob,
    sequenceNumber,
    offset,
    rivals,
    ...(offset === "-1" && isStartAskedFor(wish.wanted, landing) ? { isStart: true } : {}),
    ...(standing.next !== null && sequenceNumber + 1 >= standing.next ? { isForward: true } : {}),
    ...(standing.next !== null && sequenceNumber + 1 > standing.next ? { isAhead: true } : {}),
    ...(clampedTo === null ? {} : { clampedTo }),
    ...(aim?.source && { source: aim.source }),
    ...restoring(aim, sequenceNumber, offset),
    ...(aim?.undoesMove && { undoesMove: true }),
  };
  const fault = inItsWay === null ? await writeFault(context, checkpoint, write) : null;
  if (fault !== null) return blocked(fault);
  const obstacle = inItsWay ?? aim?.occupied?.why ?? null;
  const counted = aim?.passage
    ? await eventsAgain(aim.passage, landing, site, context.events)
    : countEvents(standing, stream, sequenceNumber);
  return {
    write: obstacle === null ? write : null,
    entry: {
      ...about,
      target: { sequenceNumber, offset, enqueuedAt: toIso(landing.target.enqueuedAt) },
      resumesAt: landing.resumesAt && {
        sequenceNumber: landing.resumesAt.sequenceNumber,
        enqueuedAt: toIso(landing.resumesAt.enqueuedAt),
      },
      ...counted,
      clampedTo,
      warnings: [
        ...(mode === "live" ? stalledOwner(context.place, partitionId, way.owner) : []),
        ...wish.warnings,
        ...passedWarnings(wish.processedSince, counted.replays),
        ...(aim === null ? entryWarnings(chosen, standing, landing) : landingWarnings(standing, landing)),
        ...(aim?.warnings ?? []),
        ...(aim?.undoesMove && write.act === undefined ? [reason("positionRestoredAlone")] : []),
      ],
      blockedBy: obstacle,
      holds: way.owner && {
        ownerId: way.owner.ownerId,
        seconds: holdSeconds(
          {
            handlerSeconds: context.handlerSeconds,
            checkpointSeconds: workingSeconds(context.place, partitionId),
            intervalSeconds: renewalSeconds(
              context.place.ownershipExpirationSeconds,
              context.place.observedExpirationSeconds(),
            ),
          },
          context.place.liveSettings,
        ),
      },
    },
  };
}

/** A move has no repairs: its target group is reset by itself. */
function repairsOf({ repairs }: NotLanded, aim: Aim | null): Edge[] {
  return aim?.from === undefined ? repairs : [];
}

/** Plans to delete the blob. Its content is stored before the deletion. */
function removal(
  partitionId: string,
  blob: NonNullable<CheckpointBlob["blob"]>,
  { checkpoint, others }: CheckpointBlob,
  entry: MadePlanEntry,
): PlannedEntry {
  const { sequenceNumber, offset } = checkpoint ?? { sequenceNumber: null, offset: null };
  const rivals = others.map(({ blobName, etag }) => ({ blobName, etag }));
  const position = { sequenceNumber: sequenceNumber ?? -1, offset: offset ?? "" };
  return {
    entry: { ...entry, removes: true },
    write: { partitionId, ...blob, ...position, rivals, act: "remove", undoesMove: true },
  };
}

/** Restores the whole former content if the partition returns to its former position. */
function restoring(aim: Aim | null, sequenceNumber: number, offset: string): Partial<PlannedWrite> {
  const former = aim?.restores;
  const isSame = former?.sequenceNumber === sequenceNumber && former.offset === offset;
  if (former === undefined || !isSame) return {};
  const { metadata, content } = former;
  return { act: "restore", ...(metadata && { metadata }), ...(content && { content }) };
}

function shownSource(from: StoredCheckpoint | null, passage: Passage | undefined): MadePlanEntry["source"] {
  if (from === null) return null;
  const { sequenceNumber, offset, updatedAt, format, blobName } = from;
  return {
    sequenceNumber,
    offset,
    updatedAt: toIso(updatedAt),
    format,
    blobName,
    ...(passage && { hub: passage.hub }),
  };
}

/** False for a checkpoint of another stream with the same numbers: it has to be rewritten. */
function isUnchanged(checkpoint: StoredCheckpoint | null, standing: Standing, { target }: Landing): boolean {
  if (checkpoint === null || standing.next === null) return false;
  return checkpoint.sequenceNumber === target.sequenceNumber && checkpoint.offset === target.offset;
}

function isStartAskedFor(wanted: Wanted, { clamp }: Landing): boolean {
  return clamp?.to === "earliest" || (wanted.at === "start" && wanted.isEvent !== true);
}

async function landSafely(run: () => Promise<Landing | NotLanded>): Promise<Landing | NotLanded> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { blockedBy: failureOf(error), repairs: ["earliest", "latest"] };
  }
}

/** Says why a landing can't be stored. Values read from the service are checked like all outside input. */
async function writeFault(
  { place, abortSignal }: PlanContext,
  checkpoint: StoredCheckpoint | null,
  write: PlannedWrite,
): Promise<Reason | null> {
  const fault = positionFault(write);
  if (fault !== null) return reason("positionNotWritable", { fault });
  if (checkpoint === null || checkpoint.unreadable === null || write.format === "common") return null;
  return rewriteFault(place, write, abortSignal);
}

export function blankEntry(
  partitionId: string,
  checkpoint: Pick<StoredCheckpoint, "sequenceNumber" | "offset" | "updatedAt"> | null,
): MadePlanEntry {
  return {
    partitionId,
    current: checkpoint && {
      sequenceNumber: checkpoint.sequenceNumber,
      offset: checkpoint.offset,
      updatedAt: toIso(checkpoint.updatedAt),
    },
    target: null,
    resumesAt: null,
    replays: null,
    skips: null,
    processedSince: null,
    clampedTo: null,
    warnings: [],
    blockedBy: null,
    repairs: [],
    holds: null,
  };
}
