export type OperationKind = "reset" | "move" | "cleanup" | "undo";

export function operationKind(targetKind: string): OperationKind {
  return targetKind === "undo" || targetKind === "move" || targetKind === "cleanup" ? targetKind : "reset";
}

/**
 * `risk`: what a processor at work does to it. `entry`: what it is done to, one by one. `toReplace`: how the reader
 * allows that what stands at a target is replaced, where the sentence is read.
 */
export interface OperationWords {
  noun: string;
  done: string;
  doing: string;
  risk: string;
  entry: "partition" | "blob";
  toReplace: string;
}

export const waysToReplace = {
  page: "Select the partition",
  shell: "Name the partition in --overwrite",
  tool: "Name the partition in `overwrite`",
  severalGroups: "Move this group by itself",
};

const kinds: Record<OperationKind, Pick<OperationWords, "noun" | "done" | "doing" | "risk">> = {
  reset: { noun: "reset", done: "reset", doing: "resetting", risk: "would overwrite the reset" },
  move: { noun: "move", done: "moved", doing: "moving", risk: "would overwrite the move" },
  cleanup: { noun: "clean-up", done: "cleaned up", doing: "cleaning up", risk: "may still need the blob" },
  undo: { noun: "undo", done: "undone", doing: "undoing", risk: "would overwrite the undo" },
};

export const kindNouns = Object.fromEntries(
  Object.entries(kinds).map(([kind, { noun }]) => [kind, noun]),
) as Record<OperationKind, string>;

const shared = { toReplace: waysToReplace.page };

export const ofReset: OperationWords = { ...kinds.reset, ...shared, entry: "partition" };

/** Blobs, which a clean-up and its undo have for entries, have slashes in their names; partition ids don't. */
export function operationOf({
  target,
  entries = [],
}: {
  target: { kind: string };
  entries?: readonly { partitionId: string }[];
}): OperationWords {
  const isOfBlobs = entries.some(({ partitionId }) => partitionId.includes("/"));
  return { ...kinds[operationKind(target.kind)], ...shared, entry: isOfBlobs ? "blob" : "partition" };
}
