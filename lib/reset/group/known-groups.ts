import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf } from "#lib/api/reasons/reason.ts";
import { timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { ResetPlace } from "./place.ts";

/** Leaves the rest of a plan's time for its listings. */
const limitMs = 10_000;

/** Returns the hub's consumer groups by Azure Resource Manager; null: it isn't asked, or `because` says why it failed. */
export async function knownGroupsOf(
  { knownGroups }: Pick<ResetPlace, "knownGroups">,
  abortSignal: AbortSignal,
  withinMs = limitMs,
): Promise<{ known: readonly string[] | null; because: Reason | null }> {
  if (knownGroups === null) return { known: null, because: null };
  const limit = timeLimit(withinMs, abortSignal);
  try {
    return { known: await knownGroups(limit), because: null };
  } catch (error) {
    if (abortSignal.aborted || !(error instanceof AppError || limit.aborted)) throw error;
    const failure =
      error instanceof AppError
        ? error
        : new AppError("azureTimeout", `Azure Resource Manager did not answer within ${withinMs / 1_000} s.`);
    return { known: null, because: failureOf(failure) };
  }
}
