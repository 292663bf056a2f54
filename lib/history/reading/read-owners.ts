import type { EpochMs } from "#lib/core/time.ts";
import type { OwnerChange, OwnerChangeKind } from "#lib/ownership/owner-changes.ts";
import type { Engine } from "../storage/engine.ts";

/** More than this in one range is cut at its newer end; a group that flaps each second fills 5 hours. */
const mostChanges = 20_000;

/**
 * A group's changes from a time on, and before them the last one of each partition, which tells who owned it
 * then. Oldest first.
 */
export async function readOwnerChanges(
  db: Engine["db"],
  seriesId: number,
  from: EpochMs,
): Promise<OwnerChange[]> {
  const before = await db
    .selectFrom("owner_states")
    .select((state) =>
      state
        .selectFrom("owner_changes")
        .select("owner_changes.id")
        .whereRef("owner_changes.series_id", "=", "owner_states.series_id")
        .whereRef("owner_changes.partition_id", "=", "owner_states.partition_id")
        .where("owner_changes.at", "<", from)
        .orderBy("owner_changes.at", "desc")
        .orderBy("owner_changes.id", "desc")
        .limit(1)
        .as("id"),
    )
    .where("series_id", "=", seriesId)
    .execute();
  const ids = before.map(({ id }) => id).filter((id) => id !== null);
  const rows = await db
    .selectFrom("owner_changes")
    .selectAll()
    .where("series_id", "=", seriesId)
    .where((change) =>
      ids.length === 0
        ? change("at", ">=", from)
        : change.or([change("at", ">=", from), change("id", "in", ids)]),
    )
    .orderBy("at")
    .orderBy("id")
    .limit(mostChanges)
    .execute();
  return rows.map((row) => ({
    at: row.at,
    partitionId: row.partition_id,
    kind: row.kind as OwnerChangeKind,
    ownerId: row.owner_id,
    previousOwnerId: row.previous_owner_id,
    uncertaintyMs: row.uncertainty_ms,
    isUnobserved: row.unobserved === 1,
  }));
}
