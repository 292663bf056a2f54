import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";

/** The live reset that holds a partition now. Null: none does. */
export function holdingReset({ owner }: Pick<GroupPartition, "owner">): string | null {
  return owner?.state === "active" ? (resetHolding(owner.ownerId)?.resetId ?? null) : null;
}
