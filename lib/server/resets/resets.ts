import type { ResetPlans } from "./reset-plans.ts";
import type { ResetRuns } from "./reset-runs.ts";
import type { ResetsRuntime } from "./resets-runtime.ts";

export function createResets(runs: ResetRuns, plans: ResetPlans): ResetsRuntime {
  return { ...plans, ...runs.runtime };
}
