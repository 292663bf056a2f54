import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EntryChange } from "#lib/history/resets/note-reset.ts";
import type { EntryRecord, EntryResult } from "#lib/history/resets/reset-record.ts";

/** A partition's final result, as it is stored. */
export type EntryOutcome = EntryChange &
  Pick<EntryRecord, "after" | "reason"> & { result: Exclude<EntryResult, "pending" | "writing"> };

export function skipped(entries: readonly { partitionId: string }[], reason: Reason): EntryOutcome[] {
  return entries.map(({ partitionId }) => ({ partitionId, result: "skipped", after: null, reason }));
}
