import type { WireReason } from "#lib/api/reason.ts";
import { type OperationWords, operationOf, waysToReplace } from "#lib/api/reasons/operation.ts";
import { fromStored, sentenceOf } from "#lib/api/reasons/reason.ts";
import type { Reset, ResetPlan } from "#lib/api/resets.ts";

/**
 * Says with options what the dashboard's sentence says to select on its page. A sentence that another version made is
 * left as it is.
 */
function inShell(reason: WireReason, operation: OperationWords): WireReason {
  const known = fromStored(reason);
  if (known === null || sentenceOf(known, operation) !== reason.message) return reason;
  return { ...reason, message: sentenceOf(known, { ...operation, toReplace: waysToReplace.shell }) };
}

export function planInShell(plan: ResetPlan): ResetPlan {
  const operation = operationOf(plan);
  const say = (reason: WireReason) => inShell(reason, operation);
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

export function resetInShell(reset: Reset): Reset {
  const operation = operationOf(reset);
  const { reason, entries } = reset;
  return {
    ...reset,
    reason: reason && inShell(reason, operation),
    entries: entries.map((entry) => ({ ...entry, reason: entry.reason && inShell(entry.reason, operation) })),
  };
}

/** The options that fill the fields of requests. */
export const optionOfField: Readonly<Record<string, string>> = {
  "body from.store": "--store",
  "body to.hub": "--to-hub",
  "body to.store": "--to-store",
  "body to.group": "--to-group",
  "body groups": "--groups",
  "body partitions": "--partitions",
  "body overwrite": "--overwrite",
  "body format": "--format",
  "body blobs": "--blob",
  "body confirm": "--confirm",
  "body handlerSeconds": "--handler-seconds",
  "body target.name": "--to-group",
  "body target.value": "--to-sequence-number",
  "body target.seconds": "--by-duration",
  "body target.by": "--shift-by",
  "body target.exportedFrom": "--by",
  "body note": "--note",
  "body rule": "--rule",
  "body seconds": "--for",
  "query store": "--store",
  "query from": "--from",
  "query to": "--to",
  "query points": "--points",
  "query partition": "--partition",
  "query limit": "--limit",
};

/** Names the option where the dashboard's refusal names the field of a request. */
export function withOptions(message: string): string {
  return message.replaceAll(/\b((?:body|query) [A-Za-z.]+?)(?:\.\d+)*:/g, (all, field: string) => {
    const option = optionOfField[field];
    return option === undefined ? all : `${option}:`;
  });
}
