import { kindNouns } from "#lib/api/reasons/operation.ts";
import { type OperationKind, operationKind } from "#lib/api/reasons/operation-kind.ts";
import type { RequestedTarget } from "#lib/api/resets.ts";

export type PlanKind = OperationKind;

export function hasPosition({ kind }: Pick<RequestedTarget, "kind">): boolean {
  return kind !== "cleanup";
}

export function kindOf({ kind }: Pick<RequestedTarget, "kind">): PlanKind {
  return operationKind(kind);
}

export function kindTitle(target: Pick<RequestedTarget, "kind">): string {
  const noun = kindNoun(target);
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

export function kindNoun(target: Pick<RequestedTarget, "kind">): string {
  return kindNouns[kindOf(target)];
}
