"use client";

import { type ReactNode, useCallback, useMemo } from "react";
import { OwnerName } from "#components/owners/owner-name.tsx";
import { assignColors } from "#lib/client/identity-colors.ts";

/** Draws owners' ids with colours of their own, the same for as long as the same owners are there. */
export function useOwnerNames(ownerIds: readonly string[]): (ownerId: string) => ReactNode {
  const joined = JSON.stringify([...new Set(ownerIds)].sort());
  const colors = useMemo(() => assignColors(JSON.parse(joined) as string[]), [joined]);
  return useCallback((ownerId) => <OwnerName ownerId={ownerId} color={colors.get(ownerId)} />, [colors]);
}
