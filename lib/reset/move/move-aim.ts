import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { isSameGroup } from "#lib/core/addresses.ts";
import type { CheckpointFormat, StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { ResetPlace } from "../group/place.ts";
import { checkpointBlob } from "../plan/checkpoint-blob.ts";
import type { Passage } from "../plan/events-again.ts";
import { activeOwner, inTheWay, type PartitionBlobs } from "../plan/in-the-way.ts";
import { blobsOf, type Observation } from "../plan/observation.ts";
import type { Aim } from "../plan/plan-entry.ts";
import { targetBlob } from "./target-blob.ts";

export interface Side {
  place: ResetPlace;
  observation: Observation;
}

/**
 * `format`: moves checkpoints of this layout only; undefined: those that the group's processors read.
 * `overwrite`: partitions where the target's checkpoint may be replaced. `passages`: for a move from another
 * hub, by partition; null: same hub.
 */
export interface MoveRules {
  source: Side;
  target: Side & { commonPrefix: string };
  format: CheckpointFormat | undefined;
  overwrite: ReadonlySet<string>;
  passages: ReadonlyMap<string, Passage> | null;
}

/** Aims one partition's move at the common layout. */
export function moveAim(partitionId: string, rules: MoveRules): Aim {
  const { source, target, format, overwrite, passages } = rules;
  const passage = passages?.get(partitionId);
  const there = blobsOf(source.observation, partitionId);
  const here = blobsOf(target.observation, partitionId);
  const from = movedCheckpoint(partitionId, there, source, format);
  const { blobName, warnings } = targetBlob(partitionId, from, {
    source: source.place,
    target: { ...target.place, commonPrefix: target.commonPrefix, trees: target.observation.trees },
    format,
  });
  const standing = allOf(here).find((one) => one.blobName === blobName) ?? null;
  const others = allOf(here).filter((one) => one !== standing);
  // Another group's processors may read another spelling than the one written.
  const beside = isSameGroup(source.place, target.place)
    ? null
    : (others.find((one) => one.format === "common") ?? null);
  const occupier = standing ?? beside;
  const { blockedBy } = inTheWay(there, {
    mode: "offline",
    storeNow: source.observation.storeNow,
    guardSeconds: source.observation.guardSeconds,
    checkpointSeconds: source.place.observedCheckpointSeconds(partitionId),
  });
  const unread = passage?.unread ?? 0;
  return {
    chosen: {
      blob: { blobName, format: "common", etag: standing?.etag ?? null },
      checkpoint: standing,
      others,
      blockedBy: null,
    },
    blockedBy: (blockedBy && reason("sourceInTheWay", { because: blockedBy })) ?? passage?.blockedBy ?? null,
    ...(passage && { passage }),
    from,
    owners: { source: activeOwner(there, source.observation), target: activeOwner(here, target.observation) },
    occupied:
      occupier === null || overwrite.has(partitionId)
        ? null
        : {
            by: occupier,
            why: occupied(occupier, blobName),
          },
    warnings: [
      ...warnings,
      ...functionsWarnings(allOf(here), blobName, standing !== null),
      ...(isSameGroup(source.place, target.place) ? [] : functionsElsewhere(allOf(there), blobName, rules)),
      ...(unread > 0 ? [reason("unreadAtSource", { events: unread })] : []),
    ],
    ...(from && {
      source: {
        blobName: from.blobName,
        format: from.format,
        etag: from.etag,
        rivals: allOf(there)
          .filter((one) => one !== from)
          .map(({ blobName: name, etag }) => ({ blobName: name, etag })),
      },
    }),
  };
}

function occupied({ blobName, sequenceNumber }: StoredCheckpoint, newBlobName: string): Reason {
  const params = { blobName, sequenceNumber };
  return blobName === newBlobName
    ? reason("targetOccupied", params)
    : reason("targetSpelledOtherwise", { ...params, newBlobName });
}

/** Returns the checkpoint that the group's processors read, or else one in another tree or layout. */
export function movedCheckpoint(
  partitionId: string,
  there: PartitionBlobs,
  { place, observation }: Side,
  format: CheckpointFormat | undefined,
): StoredCheckpoint | null {
  if (format !== undefined) return allOf(there).find((one) => one.format === format) ?? null;
  return (
    checkpointBlob(partitionId, there, observation.trees, observation, place).checkpoint ?? there.checkpoint
  );
}

/** Sorted: the one that counts, then the newest. */
function allOf({ checkpoint, others }: PartitionBlobs): StoredCheckpoint[] {
  const rest = others.toSorted((a, b) => b.updatedAt - a.updatedAt);
  return checkpoint === null ? rest : [checkpoint, ...rest];
}

function functionsWarnings(
  all: readonly StoredCheckpoint[],
  newBlobName: string,
  isNewThere: boolean,
): Reason[] {
  const old = all.find(({ format }) => format === "functions");
  if (old === undefined) return [];
  return [reason("functionsFallback", { oldBlobName: old.blobName, newBlobName, isNewThere })];
}

/** Its extension from 5 on reads the common checkpoint, and the JSON one only where that is missing. */
function functionsElsewhere(
  all: readonly StoredCheckpoint[],
  newBlobName: string,
  { source, target }: MoveRules,
): Reason[] {
  const old = all.find(({ format }) => format === "functions");
  if (old === undefined) return [];
  const { blobName, format } = all.find((one) => one.format === "common") ?? old;
  const [{ store }, { store: newStore }] = [source.place, target.place];
  const isOld = format !== "common";
  return [reason("functionsElsewhere", { blobName, store, newBlobName, newStore, isOld })];
}
