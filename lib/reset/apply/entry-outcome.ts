import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { EntryChange } from "#lib/history/resets/note-reset.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { EntryRecord, EntryResult } from "#lib/history/resets/reset-record.ts";
import type { WriteAnswer } from "./write-entry.ts";

/** A partition's final result, as it is stored, and when its blob was deleted, if that was answered. */
export type EntryOutcome = EntryChange &
  Pick<EntryRecord, "after" | "reason"> & {
    result: Exclude<EntryResult, "pending" | "writing">;
    deletedAt?: EpochMs;
  };

export function written(
  { partitionId }: Pick<PlannedWrite, "partitionId">,
  { written: after, deletedAt }: Extract<WriteAnswer, { answer: "written" }>,
): EntryOutcome {
  return {
    partitionId,
    result: "written",
    after,
    reason: null,
    ...(deletedAt !== undefined && { deletedAt }),
  };
}

export function skipped(entries: readonly { partitionId: string }[], reason: Reason): EntryOutcome[] {
  return entries.map(({ partitionId }) => ({ partitionId, result: "skipped", after: null, reason }));
}
