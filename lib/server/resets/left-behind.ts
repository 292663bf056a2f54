import { hubAddress } from "#lib/core/addresses.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import type { CleanupFacts } from "#lib/ownership/cleanup-candidates.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";

/** The diagnosis covers older moves as other spellings and layouts. */
const mostMoves = 20;

/**
 * Returns the checkpoints that moves within a group and its store left behind, as they were then. Moves to
 * other groups and stores don't count.
 * @throws AppError `historyUnavailable`
 */
export async function leftBehind(
  records: Pick<ResetRecords, "moves" | "reset">,
  place: ResetPlace,
): Promise<CleanupFacts["leftBehind"]> {
  const { store, group } = place;
  const address = hubAddress(place);
  const left = new Map<string, { etag: string; madeBlobName: string }>();
  for (const { id, target } of await records.moves({ address, store, group }, mostMoves)) {
    const from = target.kind === "move" ? target.from : null;
    if (from?.hub !== undefined || from?.store !== store || !isSameName(from.group, group)) continue;
    for (const { result, write } of (await records.reset(id))?.entries ?? []) {
      if (result !== "written" || write?.source === undefined || left.has(write.source.blobName)) continue;
      left.set(write.source.blobName, { etag: write.source.etag, madeBlobName: write.blobName });
    }
  }
  return left;
}
