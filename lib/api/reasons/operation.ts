/** `risk`: what a processor at work does to it. `entry`: what it is done to, one by one. */
export interface OperationWords {
  noun: string;
  done: string;
  doing: string;
  risk: string;
  entry: "partition" | "blob";
}

const kinds = {
  reset: { noun: "reset", done: "reset", doing: "resetting", risk: "would overwrite the reset" },
  move: { noun: "move", done: "moved", doing: "moving", risk: "would overwrite the move" },
  cleanup: { noun: "clean-up", done: "cleaned up", doing: "cleaning up", risk: "may still need the blob" },
  undo: { noun: "undo", done: "undone", doing: "undoing", risk: "would overwrite the undo" },
};

export type OperationKind = keyof typeof kinds;

export const kindNouns = Object.fromEntries(
  Object.entries(kinds).map(([kind, { noun }]) => [kind, noun]),
) as Record<OperationKind, string>;

export const ofReset: OperationWords = { ...kinds.reset, entry: "partition" };

export function operationKind(targetKind: string): OperationKind {
  return targetKind === "undo" || targetKind === "move" || targetKind === "cleanup" ? targetKind : "reset";
}

/** Blobs, which a clean-up and its undo have for entries, have slashes in their names; partition ids don't. */
export function operationOf({
  target,
  entries = [],
}: {
  target: { kind: string };
  entries?: readonly { partitionId: string }[];
}): OperationWords {
  const isOfBlobs = entries.some(({ partitionId }) => partitionId.includes("/"));
  return { ...kinds[operationKind(target.kind)], entry: isOfBlobs ? "blob" : "partition" };
}
