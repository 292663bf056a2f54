import type { ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { plural } from "#lib/client/format/format.ts";
import { fateOf, planTotals, unblocked } from "../plan-totals.ts";

/** What the button that applies a plan says, and whether it costs events or blobs. */
export interface ApplyWords {
  text: string;
  isDangerous: boolean;
}

/** `Apply to 3 partitions`; with what is skipped or deleted where something is. An unknown number counts as a loss. */
export function applyWords(made: ResetPlan): ApplyWords {
  // Where nothing can be written yet, the button says what it will do once it can be pressed.
  const plan = planTotals(made).moves === 0 ? unblocked(made) : made;
  const { moves, skips } = planTotals(plan);
  const going = plan.entries.filter((entry) => fateOf(entry) === "moves");
  const noun = plan.entries.some(({ cleans }) => cleans !== undefined) ? "blob" : "partition";
  const deleted = going.filter((entry) => entry.removes === true || entry.cleans?.act === "delete").length;
  const costs = [
    ...(deleted === 0 ? [] : [`delete ${plural(deleted, noun === "blob" ? "blob" : "checkpoint")}`]),
    ...(skips === 0 ? [] : [`skip ${plural(skips, "event")}`]),
    ...(skips === 0 && going.some(maySkip) ? ["skip an unknown number of events"] : []),
  ];
  return {
    text: [`Apply to ${plural(moves, noun)}`, ...costs].join(", "),
    isDangerous: costs.length > 0,
  };
}

/** It is not known how many events are jumped over, and the target is not the start, which jumps over none. */
function maySkip({ skips, target, removes, cleans }: ResetPlanEntry): boolean {
  const isPosition = removes !== true && cleans === undefined && target !== null;
  return isPosition && skips === null && target.offset !== "-1";
}
