import type { RequestedTarget } from "#lib/api/resets.ts";

const nouns = { reset: "reset", undo: "undo", move: "move", cleanup: "clean-up" } as const;
export type PlanKind = keyof typeof nouns;

export function hasPosition({ kind }: Pick<RequestedTarget, "kind">): boolean {
  return kind !== "cleanup";
}

export function kindOf({ kind }: Pick<RequestedTarget, "kind">): PlanKind {
  return kind === "undo" || kind === "move" || kind === "cleanup" ? kind : "reset";
}

export function kindTitle(target: Pick<RequestedTarget, "kind">): string {
  const noun = kindNoun(target);
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

export function kindNoun(target: Pick<RequestedTarget, "kind">): string {
  return nouns[kindOf(target)];
}
