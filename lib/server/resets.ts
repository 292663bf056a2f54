import { AppError } from "#lib/core/app-error.ts";
import type { ResetsRuntime } from "./resets-runtime.ts";

/** The resets of the running dashboard. */
export function createResets(): ResetsRuntime {
  const none = () => Promise.reject(new AppError("notFound", "There are no resets yet."));
  return {
    preview: none,
    apply: none,
    undo: none,
    plan: none,
    reset: none,
    resets: () => Promise.resolve({ resets: [] }),
    positions: none,
    subscribe: () => () => {},
  };
}
