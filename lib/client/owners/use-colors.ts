"use client";

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { colorMemory } from "./color-memory.ts";
import { assignColors } from "./identity-colors.ts";

/** A colour number for each id, kept for as long as the page is open and the id is there. */
export function useColors(ids: readonly string[]): ReadonlyMap<string, number> {
  const [colors, setColors] = useState(() => assignColors(ids));
  if (ids.every((id) => colors.has(id))) return colors;
  const next = assignColors(ids, colors);
  setColors(next);
  return next;
}

/**
 * A colour number for each owner, the same on every page of this browser. Those that own something now are told
 * apart first.
 */
export function useOwnerColors(
  active: readonly string[],
  others: readonly string[],
): ReadonlyMap<string, number> {
  const remembered = useSyncExternalStore(colorMemory.subscribe, colorMemory.get, colorMemory.none);
  // Lists are made anew with each refresh: what they hold says whether anything changed.
  const joined = JSON.stringify([[...new Set(active)].sort(), [...new Set(others)].sort()]);
  const colors = useMemo(() => {
    const [first = [], rest = []] = JSON.parse(joined) as string[][];
    return assignColors(first, remembered, rest);
  }, [joined, remembered]);
  // The browser's storage outlives the page, and is nothing that a render may write to.
  useEffect(() => colorMemory.keep(colors), [colors]);
  return colors;
}
