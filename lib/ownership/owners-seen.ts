import { isProcessor } from "#lib/core/holding-owner.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { OwnerChange } from "./owner-changes.ts";
import type { OwnerSpan } from "./owner-spans.ts";

/** A change of hands, as findings need it. */
export type SeenChange = Pick<OwnerChange, "at" | "partitionId" | "kind" | "ownerId" | "previousOwnerId">;

/** Who owned what in a range of time, as far as it is known. */
export interface OwnersSeen {
  from: EpochMs;
  to: EpochMs;
  /** The range ends at now: what has no end goes on. */
  isLive: boolean;
  /** Within the range; before it nothing is known. Null: nothing is known of all of it. */
  knownFrom: EpochMs | null;
  /** Those that overlap the known part, each with its whole length. */
  spans: readonly OwnerSpan[];
  /** Those within the known part, oldest first. */
  changes: readonly SeenChange[];
}

/** The same without what resets held meanwhile: they are no owners to share with, and no restless ones. */
export function processorsSeen(seen: OwnersSeen): OwnersSeen {
  return {
    ...seen,
    spans: seen.spans.filter(({ ownerId }) => isProcessor(ownerId)),
    changes: seen.changes.filter(
      ({ ownerId, previousOwnerId }) => isProcessor(ownerId ?? "") && isProcessor(previousOwnerId ?? ""),
    ),
  };
}
