import type { RequestedTarget } from "#lib/api/resets.ts";

const nouns = { reset: "reset", undo: "undo", move: "move", cleanup: "clean-up" } as const;
export type PlanKind = keyof typeof nouns;

/** Whether a plan, or what became of it, resets a group, moves checkpoints to it, cleans up, or undoes one of them. */
export function kindOf({ kind }: Pick<RequestedTarget, "kind">): PlanKind {
  return kind === "undo" || kind === "move" || kind === "cleanup" ? kind : "reset";
}

/** For the beginning of a title: `Move`. */
export function kindTitle(target: Pick<RequestedTarget, "kind">): string {
  const noun = kindNoun(target);
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

/** Within a sentence: `move`. */
export function kindNoun(target: Pick<RequestedTarget, "kind">): string {
  return nouns[kindOf(target)];
}
