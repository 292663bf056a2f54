import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { Look } from "./look.ts";

/**
 * What will stop the group's JavaScript, Python and Go processors on all partitions, however well these are reset
 * (lib/checkpoint-store/README.md#what-stops-whom): checkpoints that they can't read, ownerships that name nobody.
 * @param written the blobs that the reset repairs
 */
export function blockingNeighbours({ group }: Look, written: ReadonlySet<string>): Reason[] {
  if (group === null) return [];
  const checkpoints = [...group.checkpoints.values()]
    .filter(({ stopsGroup, blobName }) => stopsGroup === true && !written.has(blobName))
    .map(({ partitionId }) => partitionId);
  const ownerships = [...group.ownerships.values()]
    .filter(({ ownerId, leased }) => ownerId === null && leased === undefined)
    .map(({ partitionId }) => partitionId);
  return [
    ...(checkpoints.length === 0 ? [] : [reason("checkpointsUnreadable", { partitionIds: checkpoints })]),
    ...(ownerships.length === 0 ? [] : [reason("ownershipsNameless", { partitionIds: ownerships })]),
  ];
}
