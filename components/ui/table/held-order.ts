"use client";

import { type FocusEvent, type PointerEvent, useState } from "react";

interface Held {
  ids: readonly string[];
  /** What the rows were ordered by: when the reader chooses another order, that one holds. */
  by: unknown;
}

/**
 * Rows in the order that they had when the pointer, or the focus, came upon one: nothing moves away under a click.
 * A row that is new stands behind the one that it follows in the order to come.
 */
export function useHeldOrder<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  by: unknown,
): {
  rows: readonly Row[];
  /** The order to come is another one. */
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

/** `rows` as `ids` has them; those that it does not name stand behind the row that they follow in `rows`. */
export function inOrder<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  ids: readonly string[],
): Row[] {
  const place = new Map(ids.map((id, index) => [id, index]));
  let last = -1;
  const placed = rows.map((row) => {
    last = place.get(rowId(row)) ?? last;
    return { row, at: last };
  });
  // The sort is stable: rows that share a place keep their order, the one that holds it first.
  return placed.sort((a, b) => a.at - b.at).map(({ row }) => row);
}
