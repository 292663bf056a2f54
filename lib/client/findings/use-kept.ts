"use client";

import { useState } from "react";
import { usePageHidden } from "#lib/client/browser/use-page-hidden.ts";

/**
 * What a reader has before them: the items of the first look, kept in their places while they change and when
 * they end, so that nothing moves. Later ones wait until they are asked for, or until nobody looks.
 */
export function useKept<Item extends { kind: string }>(current: readonly Item[]) {
  const [{ items, turn }, keep] = useState({ items: current, turn: 0 });
  const isHidden = usePageHidden();
  const show = (shown: readonly Item[]) => keep(({ turn: before }) => ({ items: shown, turn: before + 1 }));
  const now = new Map(current.map((item) => [item.kind, item]));
  const kept = items.map((item) => now.get(item.kind) ?? item);
  const isSame = kept.length === current.length && kept.every(({ kind }, i) => kind === current[i]?.kind);
  if (isHidden && !isSame) show(current);
  else if (kept.some((item, i) => item !== items[i])) keep({ items: kept, turn });
  const kinds = new Set(items.map(({ kind }) => kind));
  return {
    /** With the last that was known of those that have ended. */
    kept: kept.map((item) => ({ item, isOver: !now.has(item.kind) })),
    waiting: current.filter(({ kind }) => !kinds.has(kind)),
    /** Changes with each set that is shown, never while it stands. */
    turn,
    show: () => show(current),
    hide: () => show([]),
  };
}
