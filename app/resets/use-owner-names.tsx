"use client";

import { type ReactNode, useCallback } from "react";
import { OwnerName } from "#components/owners/owner-name.tsx";
import { useOwnerColors } from "#lib/client/owners/use-colors.ts";

const none: readonly string[] = [];

export function useOwnerNames(ownerIds: readonly string[]): (ownerId: string) => ReactNode {
  const colors = useOwnerColors(ownerIds, none);
  return useCallback((ownerId) => <OwnerName ownerId={ownerId} color={colors.get(ownerId)} />, [colors]);
}
