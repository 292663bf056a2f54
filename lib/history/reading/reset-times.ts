import type { EpochMs } from "#lib/core/time.ts";
import type { EntryResult } from "../resets/reset-record.ts";
import { toEntry } from "../resets/rows.ts";
import type { Engine } from "../storage/engine.ts";
import type { SeriesKey } from "../writing/refresh-batch.ts";

export interface ResetTime {
  from: EpochMs;
  to: EpochMs;
}

const unsure: readonly EntryResult[] = ["writing", "unknown"];

/**
 * Returns when resets wrote a partition's checkpoint, for resets that ran in the range. One that still runs
 * extends to its end.
 */
export async function readResetTimes(
  db: Engine["db"],
  { address, store, consumer_group }: SeriesKey,
  partitionId: string,
  range: { from: EpochMs; to: EpochMs },
): Promise<ResetTime[]> {
  const rows = await db
    .selectFrom("resets")
    .innerJoin("reset_entries", "reset_entries.reset_id", "resets.id")
    .selectAll("reset_entries")
    .select(["started_at", "ended_at"])
    .where("address", "=", address)
    .where("store", "=", store)
    .where("consumer_group", "=", consumer_group)
    .where("partition_id", "=", partitionId)
    .where("started_at", "<", range.to)
    .where((where) => where.or([where("ended_at", "is", null), where("ended_at", ">=", range.from)]))
    .execute();
  return rows.flatMap(({ started_at: from, ended_at: endedAt, ...row }) => {
    const { after, result } = toEntry(row);
    if (after !== null) return [{ from, to: Math.max(from, after.updatedAt) }];
    return unsure.includes(result) ? [{ from, to: endedAt ?? range.to }] : [];
  });
}
