import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import { timeLimit } from "#lib/checkpoint-store/time-limit.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { ResetPlace } from "../group/place.ts";

/** Leaves the rest of a plan's time for its listings. */
const limitMs = 10_000;

/** Without the list no group counts as gone; what else can be cleaned up does not depend on it. */
export async function knownGroupsOf(
  { knownGroups }: Pick<ResetPlace, "knownGroups">,
  abortSignal: AbortSignal,
  withinMs = limitMs,
): Promise<{ known: readonly string[] | null; warnings: Reason[] }> {
  if (knownGroups === null) return { known: null, warnings: [] };
  const limit = timeLimit(withinMs, abortSignal);
  try {
    return { known: await knownGroups(limit), warnings: [] };
  } catch (error) {
    if (abortSignal.aborted || !(error instanceof AppError || limit.aborted)) throw error;
    const because =
      error instanceof AppError
        ? error
        : new AppError("azureTimeout", `Azure Resource Manager did not answer within ${withinMs / 1_000} s.`);
    return { known: null, warnings: [reason("goneGroupsNotKnown", { because: failureOf(because) })] };
  }
}
