import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EntryRecord, EntryResult } from "#lib/history/resets/reset-record.ts";

/** A partition's final result, as it is stored. */
export type EntryOutcome = Pick<EntryRecord, "partitionId" | "after" | "reason"> &
  Partial<Pick<EntryRecord, "lastOwnerId">> & { result: Exclude<EntryResult, "pending" | "writing"> };

/** Partitions that are not begun. */
export function skipped(entries: readonly { partitionId: string }[], reason: Reason): EntryOutcome[] {
  return entries.map(({ partitionId }) => ({ partitionId, result: "skipped", after: null, reason }));
}
