import { toWire } from "#lib/api/reasons/reason.ts";
import type { KnownPlan } from "#lib/api/resets.ts";
import type { MadePlan } from "#lib/history/resets/plan-record.ts";

/** A plan as the wire has it. @param resetId the reset that applied it; null: none has */
export function toPlan(plan: MadePlan, resetId: string | null): KnownPlan {
  return {
    ...plan,
    blockedBy: toWire(plan.blockedBy),
    warnings: plan.warnings.map((warning) => toWire(warning)),
    entries: plan.entries.map((entry) => ({
      ...entry,
      blockedBy: toWire(entry.blockedBy),
      warnings: entry.warnings.map((warning) => toWire(warning)),
    })),
    resetId,
  };
}
