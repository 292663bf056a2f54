import { toWire } from "#lib/api/reasons/reason.ts";
import type { KnownPlan } from "#lib/api/resets.ts";
import type { MadePlan } from "#lib/history/resets/plan-record.ts";

/** Returns a plan in its wire format. @param resetId the reset that applied it, or null */
export function toPlan(plan: MadePlan, resetId: string | null): KnownPlan {
  return {
    ...plan,
    blockedBy: toWire(plan.blockedBy),
    warnings: plan.warnings.map((warning) => toWire(warning)),
    notes: (plan.notes ?? []).map((note) => toWire(note)),
    entries: plan.entries.map((entry) => ({
      ...entry,
      blockedBy: toWire(entry.blockedBy),
      warnings: entry.warnings.map((warning) => toWire(warning)),
    })),
    resetId,
  };
}
