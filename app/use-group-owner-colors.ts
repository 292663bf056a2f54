"use client";

import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { OwnersInRange } from "#lib/client/http/hub-queries.ts";
import { useOwnerColors } from "#lib/client/owners/use-colors.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";

export function useGroupOwnerColors(
  group: ConsumerGroupDetail | undefined,
  owners: OwnersInRange | undefined,
): ReadonlyMap<string, number> {
  const inTable = (group?.partitions ?? []).flatMap(({ owner }) => (owner?.ownerId ? [owner.ownerId] : []));
  const others = [
    ...inTable,
    ...(owners?.spans ?? []).map((span) => span.ownerId),
    ...(owners?.changes ?? []).flatMap(({ previousOwnerId }) => previousOwnerId ?? []),
  ];
  return useOwnerColors(
    (group?.owners ?? []).map(({ ownerId }) => ownerId),
    // Resets that hold a partition are not among the owners.
    others.filter(isProcessor),
  );
}
