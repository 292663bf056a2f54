import { isProcessor } from "#lib/core/holding-owner.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { OwnerChange } from "./owner-changes.ts";
import type { OwnerSpan } from "./owner-spans.ts";

export type ObservedChange = Pick<OwnerChange, "at" | "partitionId" | "kind" | "ownerId" | "previousOwnerId">;

export interface ObservedOwners {
  from: EpochMs;
  to: EpochMs;
  isLive: boolean;
  /** Start of the known part of the range. Null: nothing is known. */
  knownFrom: EpochMs | null;
  spans: readonly OwnerSpan[];
  changes: readonly ObservedChange[];
}

/** Leaves out resets, which are no owners to share with. */
export function observedProcessors(seen: ObservedOwners): ObservedOwners {
  return {
    ...seen,
    spans: seen.spans.filter(({ ownerId }) => isProcessor(ownerId)),
    changes: seen.changes.filter(
      ({ ownerId, previousOwnerId }) => isProcessor(ownerId ?? "") && isProcessor(previousOwnerId ?? ""),
    ),
  };
}
