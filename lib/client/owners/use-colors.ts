"use client";

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { colorMemory } from "./color-memory.ts";
import { assignColors } from "./identity-colors.ts";

export function useColors(ids: readonly string[]): ReadonlyMap<string, number> {
  const [colors, setColors] = useState(() => assignColors(ids));
  if (ids.every((id) => colors.has(id))) return colors;
  const next = assignColors(ids, colors);
  setColors(next);
  return next;
}

/** A colour number per owner, the same on all pages of this browser. Current owners differ first. */
export function useOwnerColors(
  active: readonly string[],
  others: readonly string[],
): ReadonlyMap<string, number> {
  const remembered = useSyncExternalStore(colorMemory.subscribe, colorMemory.get, colorMemory.none);
  const joined = JSON.stringify([[...new Set(active)].sort(), [...new Set(others)].sort()]);
  const colors = useMemo(() => {
    const [first = [], rest = []] = JSON.parse(joined) as string[][];
    return assignColors(first, remembered, rest);
  }, [joined, remembered]);
  useEffect(() => colorMemory.keep(colors, remembered), [colors, remembered]);
  return colors;
}
