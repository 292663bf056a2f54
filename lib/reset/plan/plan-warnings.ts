import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { partitionIdsOf } from "#lib/core/hub-reading.ts";
import { stoppingBlobs } from "#lib/core/stored-blobs.ts";
import type { Observation } from "./observation.ts";

/**
 * Lists the broken blobs that stop the group's processors on all partitions, whatever the reset does, each with its
 * remedy (lib/checkpoint-store/README.md#what-stops-whom).
 * @param written the blobs that the reset repairs
 */
export function blockingNeighbours({ group, hub }: Observation, written: ReadonlySet<string>): Reason[] {
  if (group === null) return [];
  const here = new Set(partitionIdsOf(hub));
  const { checkpoints, ownerships, misnamed } = stoppingBlobs(group);
  const [torn, goneTorn] = apart(checkpoints, here);
  const [nameless, goneNameless] = apart(ownerships, here);
  const gone = [...goneTorn, ...goneNameless].map(({ blobName }) => blobName).concat(misnamed);
  // A reset doesn't repair a blob that a newer checkpoint hides.
  const unrepaired = torn.filter(
    (blob) => group.checkpoints.get(blob.partitionId) === blob && !written.has(blob.blobName),
  );
  return [
    ...(unrepaired.length === 0
      ? []
      : [reason("checkpointsUnreadable", { partitionIds: idsOf(unrepaired) })]),
    ...(nameless.length === 0 ? [] : [reason("ownershipsNameless", { partitionIds: idsOf(nameless) })]),
    ...(gone.length === 0 ? [] : [reason("blobsOfNoPartition", { blobNames: gone })]),
  ];
}

function apart<Blob extends { partitionId: string }>(all: readonly Blob[], here: ReadonlySet<string>) {
  const isHere = ({ partitionId }: Blob) => here.has(partitionId);
  return [all.filter(isHere), all.filter((blob) => !isHere(blob))] as const;
}

function idsOf(blobs: readonly { partitionId: string }[]): string[] {
  return [...new Set(blobs.map(({ partitionId }) => partitionId))];
}
