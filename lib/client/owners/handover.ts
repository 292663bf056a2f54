import type { OwnerChange } from "./owner-words.ts";

/**
 * Changes of partitions with one cause at about one time, such as a redeploy. `handed`, `again` (to the same
 * owner) and `expired` go from one owner to the next. After `released` and `lost` nobody followed. `paused`: a
 * live reset held them, for `heldSeconds` at most (null: not known yet, or not of all that is left).
 */
export interface Handover {
  at: string;
  kind: "handed" | "again" | "expired" | "stolen" | "claimed" | "released" | "lost" | "paused";
  /** Each owner once. Null: an unknown one. */
  from: (string | null)[];
  to: (string | null)[];
  partitionIds: string[];
  gapSeconds: number | null;
  changes: OwnerChange[];
  pause?: { resetId: string; heldSeconds: number | null; isOver: boolean; isAlike: boolean };
}
