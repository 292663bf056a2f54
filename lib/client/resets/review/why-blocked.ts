import type { ResetPlan } from "#lib/api/resets.ts";
import { isOfBlobs } from "../blob-words.ts";

/** Says why there is nothing to confirm on a plan that writes nothing. */
export function whyBlocked({ blockedBy, entries }: Pick<ResetPlan, "blockedBy" | "entries">): string {
  if (blockedBy?.code === "nothingChanges") return "Nothing to confirm: no checkpoint would change.";
  if (blockedBy?.code === "nothingToClean")
    return "Nothing to confirm: no blob would be deleted or repaired.";
  const all = isOfBlobs({ entries }) ? "Every blob" : "Every partition";
  return `${all} is blocked. Check again once the reason is gone.`;
}
