import type { Selectable } from "kysely";
import type { EpochMs } from "#lib/core/time.ts";
import type { OwnerChange, OwnerChangeKind } from "#lib/ownership/owner-changes.ts";
import type { Engine } from "../storage/engine.ts";
import type { Tables } from "../storage/tables.ts";

type OwnerChangeRow = Selectable<Tables["owner_changes"]>;

/** Only the newest are returned. A group that changes each second fills 5 hours. */
const mostChanges = 20_000;

/**
 * Returns a group's changes since a time, preceded by each partition's last one, which tells who owned it
 * then. Oldest first.
 * @param most the limit; `cutBefore` is where the rest was left out, null if nothing was
 */
export async function readOwnerChanges(
  db: Engine["db"],
  seriesId: number,
  from: EpochMs,
  most = mostChanges,
): Promise<{ changes: OwnerChange[]; cutBefore: EpochMs | null }> {
  const newest = await db
    .selectFrom("owner_changes")
    .selectAll()
    .where("series_id", "=", seriesId)
    .where("at", ">=", from)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(most + 1)
    .execute();
  // Drop all changes of the cut's moment rather than showing half of them.
  const cutAt = newest.length > most ? (newest.at(-1)?.at ?? null) : null;
  const cutBefore = cutAt === null ? null : cutAt + 1;
  const last = await lastChangesBefore(db, seriesId, cutBefore ?? from);
  const within = newest.filter(({ at }) => cutBefore === null || at >= cutBefore).reverse();
  return { changes: [...last, ...within].map(toChange), cutBefore };
}

async function lastChangesBefore(
  db: Engine["db"],
  seriesId: number,
  before: EpochMs,
): Promise<OwnerChangeRow[]> {
  const last = await db
    .selectFrom("owner_states")
    .select((state) => [
      "owner_states.partition_id",
      state
        .selectFrom("owner_changes")
        .select(({ fn }) => fn.max("owner_changes.at").as("at"))
        .whereRef("owner_changes.series_id", "=", "owner_states.series_id")
        .whereRef("owner_changes.partition_id", "=", "owner_states.partition_id")
        .where("owner_changes.at", "<", before)
        .as("at"),
    ])
    .where("series_id", "=", seriesId)
    .execute();
  const lastAt = new Map(last.map(({ partition_id, at }) => [partition_id, at]));
  const times = [...new Set(lastAt.values())].filter((at) => at !== null);
  if (times.length === 0) return [];
  const rows = await db
    .selectFrom("owner_changes")
    .selectAll()
    .where("series_id", "=", seriesId)
    .where("at", "in", times)
    .orderBy("at")
    .orderBy("id")
    .execute();
  // Of several at one time the last one counts.
  const newest = new Map<string, OwnerChangeRow>();
  for (const row of rows) {
    if (lastAt.get(row.partition_id) !== row.at) continue;
    newest.delete(row.partition_id);
    newest.set(row.partition_id, row);
  }
  return [...newest.values()];
}

function toChange(row: OwnerChangeRow): OwnerChange {
  return {
    at: row.at,
    partitionId: row.partition_id,
    kind: row.kind as OwnerChangeKind,
    ownerId: row.owner_id,
    previousOwnerId: row.previous_owner_id,
    uncertaintyMs: row.uncertainty_ms,
    isUnobserved: row.unobserved === 1,
  };
}
