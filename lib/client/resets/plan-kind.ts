import type { RequestedTarget } from "#lib/api/resets.ts";

const nouns = { reset: "reset", undo: "undo", move: "move" } as const;
export type PlanKind = keyof typeof nouns;

/** Whether a plan, or what became of it, resets a group, moves checkpoints to it, or undoes one of both. */
export function kindOf({ kind }: Pick<RequestedTarget, "kind">): PlanKind {
  return kind === "undo" || kind === "move" ? kind : "reset";
}

/** For the beginning of a title: `Move`. */
export function kindTitle(target: Pick<RequestedTarget, "kind">): string {
  const noun = nouns[kindOf(target)];
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}
