import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import type { AppError } from "#lib/core/app-error.ts";
import type { PlannedWrite, PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetPlace } from "./place.ts";

/**
 * Adds the rights that a plan's writes, or their undo, lack. Where something else is in the way of all of a move,
 * they are told as warnings. Rights that can't be checked show at the write.
 */
export async function withMissingRights(
  record: PlanRecord,
  { store, lackingRights }: Pick<ResetPlace, "store" | "lackingRights">,
  abortSignal: AbortSignal,
): Promise<PlanRecord> {
  const { plan, writes } = record;
  const first = writes[0]?.blobName ?? plan.entries.find((entry) => isMoved(entry))?.targetBlobName;
  if (first === undefined || lackingRights === undefined) return record;
  const lacking = await lackingRights(first, abortSignal);
  const missing = (
    code: "writeNotAllowed" | "deleteNotAllowed" | "undoNotAllowed",
    error: AppError,
  ): Reason => reason(code, { store, because: failureOf(error) });
  const warned = (warning: Reason): PlanRecord => ({
    ...record,
    plan: { ...plan, warnings: [...plan.warnings, warning] },
  });
  if (writes.length === 0 && lacking.write !== null) return warned(missing("writeNotAllowed", lacking.write));
  const blockedBy =
    lacking.write !== null && writes.some((write) => write.act !== "remove")
      ? missing("writeNotAllowed", lacking.write)
      : lacking.delete !== null && writes.some((write) => write.act === "remove")
        ? missing("deleteNotAllowed", lacking.delete)
        : null;
  if (blockedBy !== null) {
    const entries = plan.entries.map((entry) => ({ ...entry, blockedBy: entry.blockedBy ?? blockedBy }));
    return { ...record, plan: { ...plan, entries, blockedBy }, writes: [] };
  }
  const makes = writes.length === 0 ? plan.entries.some(isMade) : writes.some(isNew);
  return lacking.delete === null || !makes ? record : warned(missing("undoNotAllowed", lacking.delete));
}

/** Undo plans have no `source`: what is in their way says itself what to do. */
function isMoved({ source }: PlanRecord["plan"]["entries"][number]): boolean {
  return source != null;
}

function isMade(entry: PlanRecord["plan"]["entries"][number]): boolean {
  return isMoved(entry) && entry.current === null;
}

function isNew({ etag, act }: PlannedWrite): boolean {
  return etag === null && act !== "restore";
}
