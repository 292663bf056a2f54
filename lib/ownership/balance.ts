import type { ActiveOwner } from "./ownership.ts";

/** How evenly owners share: balanced when none has two more than another. Null without owners. */
export function balance(
  owners: readonly Pick<ActiveOwner, "partitionIds">[],
): { min: number; max: number; isBalanced: boolean } | null {
  if (owners.length === 0) return null;
  const counts = owners.map((owner) => owner.partitionIds.length);
  const min = Math.min(...counts);
  const max = Math.max(...counts);
  return { min, max, isBalanced: max - min <= 1 };
}
