import type { WireReason } from "../reason.ts";
import type { Reset, ResetPlan } from "../resets.ts";
import { type OperationWords, operationOf, waysToReplace } from "./operation.ts";
import { fromStored, sentenceOf } from "./reason.ts";

type Place = keyof typeof waysToReplace;

/**
 * Says with options or arguments what the dashboard's sentence says to select on its page. A sentence that another
 * version made is left as it is.
 */
function toldAt(place: Place, reason: WireReason, operation: OperationWords): WireReason {
  const known = fromStored(reason);
  if (known === null || sentenceOf(known, operation) !== reason.message) return reason;
  return { ...reason, message: sentenceOf(known, { ...operation, toReplace: waysToReplace[place] }) };
}

export function planToldAt<T extends ResetPlan>(place: Place, plan: T): T {
  const operation = operationOf(plan);
  const say = (reason: WireReason) => toldAt(place, reason, operation);
  const { blockedBy, warnings, entries } = plan;
  return {
    ...plan,
    blockedBy: blockedBy && say(blockedBy),
    warnings: warnings.map(say),
    entries: entries.map((entry) => ({
      ...entry,
      blockedBy: entry.blockedBy && say(entry.blockedBy),
      warnings: entry.warnings.map(say),
    })),
  };
}

export function resetToldAt(place: Place, reset: Reset): Reset {
  const operation = operationOf(reset);
  const say = (reason: WireReason | null) => reason && toldAt(place, reason, operation);
  const entries = reset.entries.map((entry) => ({ ...entry, reason: say(entry.reason) }));
  return { ...reset, reason: say(reset.reason), entries };
}
