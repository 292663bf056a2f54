import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import type { AppError } from "#lib/core/app-error.ts";
import type { PlannedWrite, PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetPlace } from "./place.ts";

/** Returns the rights that a plan's writes, or their undo, lack. Rights that can't be checked show at the write. */
export async function withMissingRights(
  record: PlanRecord,
  { store, lackingRights }: Pick<ResetPlace, "store" | "lackingRights">,
  abortSignal: AbortSignal,
): Promise<PlanRecord> {
  const { plan, writes } = record;
  const [first] = writes;
  if (first === undefined || lackingRights === undefined) return record;
  const lacking = await lackingRights(first.blobName, abortSignal);
  const missing = (
    code: "writeNotAllowed" | "deleteNotAllowed" | "undoNotAllowed",
    error: AppError,
  ): Reason => reason(code, { store, because: failureOf(error) });
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
  if (lacking.delete === null || !writes.some(isNew)) return record;
  const warnings = [...plan.warnings, missing("undoNotAllowed", lacking.delete)];
  return { ...record, plan: { ...plan, warnings } };
}

function isNew({ etag, act }: PlannedWrite): boolean {
  return etag === null && act !== "restore";
}
