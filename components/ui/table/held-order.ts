"use client";

import { type FocusEvent, type PointerEvent, useState } from "react";

interface Held {
  ids: readonly string[];
  /** The order that the reader chose; another choice applies at once. */
  by: unknown;
}

/**
 * Keeps rows in the order they had when the pointer or focus entered, so that nothing moves under a click. A
 * new row follows its predecessor in the coming order.
 */
export function useHeldOrder<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  by: unknown,
): {
  rows: readonly Row[];
  isHeld: boolean;
  hold: {
    onPointerOver: (event: PointerEvent<HTMLElement>) => void;
    onPointerLeave: () => void;
    onFocus: (event: FocusEvent<HTMLElement>) => void;
    onBlur: (event: FocusEvent<HTMLElement>) => void;
  };
} {
  const [isPointed, setIsPointed] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  const [held, setHeld] = useState<Held | null>(null);
  const isOn = isPointed || isFocused;
  if (isOn && held?.by !== by) setHeld({ ids: rows.map(rowId), by });
  if (!isOn && held !== null) setHeld(null);
  const shown = held === null || held.by !== by ? rows : inOrder(rows, rowId, held.ids);
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => setIsFocused(isInRow(target));
  return {
    rows: shown,
    isHeld: shown.some((row, index) => row !== rows[index]),
    hold: {
      onPointerOver: ({ target }) => setIsPointed(isInRow(target)),
      onPointerLeave: () => setIsPointed(false),
      onFocus,
      onBlur: ({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setIsFocused(false);
      },
    },
  };
}

function isInRow(target: EventTarget): boolean {
  return target instanceof Element && target.closest("tbody, li") !== null;
}

/** Orders `rows` by `ids`; unnamed rows follow their predecessor in `rows`. */
export function inOrder<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  ids: readonly string[],
): Row[] {
  const order = new Map(ids.map((id, index) => [id, index]));
  let last = -1;
  const placed = rows.map((row) => {
    last = order.get(rowId(row)) ?? last;
    return { row, at: last };
  });
  // A stable sort: of rows with the same place the named one comes first.
  return placed.sort((a, b) => a.at - b.at).map(({ row }) => row);
}
