import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { type StoredGroup, stoppingBlobs } from "#lib/core/stored-blobs.ts";
import { note } from "./group-notes.ts";

type Note = ConsumerGroup["notes"][number];

/**
 * Reports blobs that stop all of a group's processors and checkpoints that stop their own partition, with
 * what to do.
 * @param here the hub's partitions; null: unknown
 */
export function blockingBlobs(stored: StoredGroup | null, here: ReadonlySet<string> | null): Note[] {
  if (stored === null) return [];
  const { checkpoints, ownerships, misnamed } = stoppingBlobs(stored);
  const isHere = ({ partitionId }: { partitionId: string }) => here === null || here.has(partitionId);
  const all = [...checkpoints, ...ownerships];
  const torn = checkpoints.filter(isHere);
  const nobodys = ownerships.filter(isHere);
  const gone = all.filter((blob) => !isHere(blob));
  // Some .NET versions write a blank offset and accept it.
  const unusable = [...stored.checkpoints.values()].filter(
    (one) => one.format === "common" && one.stopsGroup !== true && one.offset === null && isHere(one),
  );
  const blocking = reason("blockingBlobs", {
    checkpointBlobs: namesOf(torn),
    ownershipBlobs: namesOf(nobodys),
    goneBlobs: namesOf(gone),
    misnamedBlobs: [...misnamed],
  });
  const blocked = reason("blockedPartitions", { checkpoints: unusable.length });
  return [
    ...(all.length + misnamed.length === 0 ? [] : [note(blocking, idsOf([...torn, ...nobodys]))]),
    ...(unusable.length === 0 ? [] : [note(blocked, idsOf(unusable))]),
  ];
}

function namesOf(blobs: readonly { blobName: string }[]): string[] {
  return blobs.map(({ blobName }) => blobName);
}

function idsOf(blobs: readonly { partitionId: string }[]): string[] {
  return [...new Set(blobs.map(({ partitionId }) => partitionId))];
}
