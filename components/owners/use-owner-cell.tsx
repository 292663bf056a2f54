import { type ReactNode, useCallback } from "react";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { OwnerCell } from "./owner.tsx";

export function useOwnerCell(colors: ReadonlyMap<string, number>): (partition: GroupPartition) => ReactNode {
  return useCallback(
    ({ owner, ownerReason }: GroupPartition) => (
      <OwnerCell
        owner={owner}
        reason={ownerReason?.message ?? null}
        color={owner ? colors.get(owner.ownerId) : undefined}
      />
    ),
    [colors],
  );
}
