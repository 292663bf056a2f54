import type { EpochMs } from "#lib/core/time.ts";
import type { PartitionOwner } from "./ownership.ts";

/** When the present owner came. `at` null: it was there at the first look. `ownerId` empty: nobody owns it. */
export interface OwnerArrival {
  readonly ownerId: string;
  readonly at: EpochMs | null;
}

/** Unlike an `OwnerObservation`, each owner begins anew. Returns the same object while the owner stays. */
export function observeArrival(
  before: OwnerArrival | null,
  owner: PartitionOwner | null,
  now: EpochMs,
): OwnerArrival {
  const ownerId = owner?.state === "active" ? owner.ownerId : "";
  if (before?.ownerId === ownerId) return before;
  return { ownerId, at: before === null || ownerId === "" ? null : now };
}
