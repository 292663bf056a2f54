import type { ResetPlans } from "./reset-plans.ts";
import type { ResetRuns } from "./reset-runs.ts";
import type { ResetsRuntime } from "./resets-runtime.ts";

/** The resets of the running dashboard: plans are made here, and carried out by whichever dashboard began them. */
export function createResets(runs: ResetRuns, plans: ResetPlans): ResetsRuntime {
  return { ...plans, ...runs.runtime };
}
