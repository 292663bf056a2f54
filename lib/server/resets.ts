import { AppError } from "#lib/core/app-error.ts";
import type { ResetRuns } from "./reset-runs.ts";
import type { ResetsRuntime } from "./resets-runtime.ts";

/** The resets of the running dashboard. */
export function createResets(runs: ResetRuns): ResetsRuntime {
  const none = () => Promise.reject(new AppError("notFound", "There are no resets yet."));
  return {
    preview: none,
    undo: none,
    plan: none,
    positions: none,
    ...runs.runtime,
  };
}
