import { kindNouns, type OperationKind, operationKind } from "#lib/api/reasons/operation.ts";
import type { RequestedTarget } from "#lib/api/resets.ts";

export type PlanKind = OperationKind;

export function hasPosition({ kind }: Pick<RequestedTarget, "kind">): boolean {
  return kind !== "cleanup";
}

export function kindOf({ kind }: Pick<RequestedTarget, "kind">): PlanKind {
  return operationKind(kind);
}

/** `skipped`: of a reset that skips one event. */
type Named = Pick<RequestedTarget, "kind"> & { skipped?: unknown };

export function kindTitle(target: Named): string {
  const noun = kindNoun(target);
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

export function kindNoun(target: Named): string {
  return isSkip(target) ? "skip" : kindNouns[kindOf(target)];
}

/** The word between the kind and the group's name. */
export function kindPreposition(target: Named): string {
  return isSkip(target) ? "in" : target.kind === "move" ? "to" : "of";
}

function isSkip({ skipped }: Named): boolean {
  return skipped !== undefined;
}
