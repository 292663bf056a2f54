import { operationOf } from "#lib/api/reasons/operation.ts";
import { toWire } from "#lib/api/reasons/reason.ts";
import type { KnownPlan } from "#lib/api/resets.ts";
import type { MadePlan } from "#lib/history/resets/plan-record.ts";

/** Returns a plan in its wire format. @param resetId the reset that applied it, or null */
export function toPlan(plan: MadePlan, resetId: string | null): KnownPlan {
  const operation = operationOf(plan);
  return {
    ...plan,
    blockedBy: toWire(plan.blockedBy, operation),
    warnings: plan.warnings.map((warning) => toWire(warning, operation)),
    notes: (plan.notes ?? []).map((note) => toWire(note, operation)),
    entries: plan.entries.map((entry) => ({
      ...entry,
      blockedBy: toWire(entry.blockedBy, operation),
      warnings: entry.warnings.map((warning) => toWire(warning, operation)),
    })),
    resetId,
  };
}
