"use client";

import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { OwnersInRange } from "#lib/client/queries.ts";
import { useColors } from "#lib/client/use-colors.ts";

/** Colours that stay with their owners for as long as the page is open. */
export function useOwnerColors(
  group: ConsumerGroupDetail | undefined,
  owners: OwnersInRange | undefined,
): ReadonlyMap<string, number> {
  const inTable = (group?.partitions ?? []).flatMap(({ owner }) => (owner?.ownerId ? [owner.ownerId] : []));
  return useColors([
    ...new Set([
      ...inTable,
      ...(group?.owners ?? []).map((owner) => owner.ownerId),
      ...(owners?.spans ?? []).map((span) => span.ownerId),
      ...(owners?.changes ?? []).flatMap(({ previousOwnerId }) => previousOwnerId ?? []),
    ]),
  ]);
}
