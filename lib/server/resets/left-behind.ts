import { type HubAddress, hubAddress } from "#lib/core/addresses.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import type { ResetHead } from "#lib/history/resets/reset-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import type { CleanupFacts } from "#lib/ownership/cleanup-candidates.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";

/** The diagnosis covers older moves as other spellings and layouts. */
const mostMoves = 20;
const mostUndos = 100;

type Records = Pick<ResetRecords, "moves" | "undos" | "reset">;

/**
 * Returns the checkpoints that moves within a group and its store left behind, as they were then. Moves to
 * other groups and stores don't count, nor do partitions whose move was undone: there the old one counts again.
 * @throws AppError `historyUnavailable`
 */
export async function leftBehind(
  records: Records,
  place: Pick<ResetPlace, "store" | "group" | keyof HubAddress>,
): Promise<CleanupFacts["leftBehind"]> {
  const { store, group } = place;
  const address = hubAddress(place);
  const left = new Map<string, { etag: string; madeBlobName: string }>();
  const moves = (await records.moves({ address, store, group }, mostMoves)).filter(isWithin);
  const undos = moves.length === 0 ? [] : await records.undos({ address, store, group }, mostUndos);
  for (const { id } of moves) {
    const undone = await undonePartitions(records, undos, id);
    for (const { partitionId, result, write } of (await records.reset(id))?.entries ?? []) {
      if (result !== "written" || write?.source === undefined) continue;
      if (undone.has(partitionId) || left.has(write.source.blobName)) continue;
      left.set(write.source.blobName, { etag: write.source.etag, madeBlobName: write.blobName });
    }
  }
  return left;
}

/** True for a move to another spelling or layout of the same group and store. */
export function isWithin({ target, store, group }: Pick<ResetHead, "target" | "store" | "group">): boolean {
  const from = target.kind === "move" ? target.from : null;
  return from !== null && from.hub === undefined && from.store === store && isSameName(from.group, group);
}

async function undonePartitions(
  records: Records,
  undos: readonly ResetHead[],
  moveId: string,
): Promise<ReadonlySet<string>> {
  const undone = new Set<string>();
  for (const { id, target } of undos) {
    if (target.kind !== "undo" || target.resetId !== moveId) continue;
    for (const { partitionId, result } of (await records.reset(id))?.entries ?? [])
      if (result === "written") undone.add(partitionId);
  }
  return undone;
}
