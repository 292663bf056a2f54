"use client";

import { useState } from "react";
import { assignOwnerColors } from "#components/owners/owner-colors.ts";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { OwnersInRange } from "#lib/client/queries.ts";

/** Colours that stay with their owners for as long as the page is open. */
export function useOwnerColors(
  group: ConsumerGroupDetail | undefined,
  owners: OwnersInRange | undefined,
): ReadonlyMap<string, number> {
  const inTable = (group?.partitions ?? []).flatMap(({ owner }) => (owner?.ownerId ? [owner.ownerId] : []));
  const ids = [
    ...new Set([
      ...inTable,
      ...(group?.owners ?? []).map((owner) => owner.ownerId),
      ...(owners?.spans ?? []).map((span) => span.ownerId),
      ...(owners?.changes ?? []).flatMap(({ previousOwnerId }) => previousOwnerId ?? []),
    ]),
  ];
  const [colors, setColors] = useState(() => assignOwnerColors(ids));
  if (ids.every((id) => colors.has(id))) return colors;
  const next = assignOwnerColors(ids, colors);
  setColors(next);
  return next;
}
