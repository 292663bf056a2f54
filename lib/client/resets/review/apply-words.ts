import type { ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { plural } from "#lib/client/format/format.ts";
import { fateOf, hasBound, planTotals, unblocked } from "../plan-totals.ts";

export interface ApplyWords {
  text: string;
  isDangerous: boolean;
  risks: ("delete" | "skip" | "skipUnknown")[];
}

/** An unknown number of skipped events counts as a loss. */
export function applyWords(made: ResetPlan): ApplyWords {
  // If nothing can be written yet, the button says what it will do later.
  const plan = planTotals(made).moves === 0 ? unblocked(made) : made;
  const { moves, skips } = planTotals(plan);
  const going = plan.entries.filter((entry) => fateOf(entry) === "moves");
  const noun = plan.entries.some(({ cleans }) => cleans !== undefined) ? "blob" : "partition";
  const deleted = going.filter((entry) => entry.removes === true || entry.cleans?.act === "delete").length;
  const risks: ApplyWords["risks"] = [
    ...(deleted === 0 ? [] : ["delete" as const]),
    ...(skips > 0 ? ["skip" as const] : going.some(maySkip) ? ["skipUnknown" as const] : []),
  ];
  if (noun === "blob" && deleted === moves)
    return { text: `Delete ${plural(moves, noun)}`, isDangerous: true, risks };
  const costs = {
    delete: `delete ${plural(deleted, noun === "blob" ? "blob" : "checkpoint")}`,
    skip: `skip ${hasBound(going, "skips") ? "up to " : ""}${plural(skips, "event")}`,
    skipUnknown: "skip an unknown number of events",
  };
  return {
    text: [`Apply to ${plural(moves, noun)}`, ...risks.map((risk) => costs[risk])].join(", "),
    isDangerous: risks.length > 0,
    risks,
  };
}

/** The number of skipped events is unknown and the target is not the start, which skips none. */
function maySkip({ skips, target, removes, cleans }: ResetPlanEntry): boolean {
  const isPosition = removes !== true && cleans === undefined && target !== null;
  return isPosition && skips === null && target.offset !== "-1";
}
