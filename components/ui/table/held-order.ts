"use client";

import { type FocusEvent, type PointerEvent, useState } from "react";

interface Last {
  ids: readonly string[];
  /** The order that the reader chose; another choice applies at once. */
  by: unknown;
}

/** True when it is not worth a row's move that `a` and `b` come the other way round. */
export type IsAboutSame<Row> = (a: Row, b: Row) => boolean;
const never = () => false;

/**
 * Keeps rows in the order they had when the pointer or focus entered, so that nothing moves under a click. A
 * new row follows its predecessor in the coming order. Untouched rows move only past noticeably different ones.
 */
export function useHeldOrder<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  by: unknown,
  isAboutSame: IsAboutSame<Row> = never,
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
  const [last, setLast] = useState<Last>(() => ({ ids: rows.map(rowId), by }));
  const before = last.by === by ? inOrder(rows, rowId, last.ids) : [...rows];
  const coming = last.by === by ? steadyOrder(rows, before, isAboutSame) : rows;
  const isOn = isPointed || isFocused;
  const shown = isOn ? before : coming;
  const isAsBefore =
    last.by === by &&
    shown.length === last.ids.length &&
    shown.every((row, index) => rowId(row) === last.ids[index]);
  if (!isAsBefore && (!isOn || last.by !== by)) setLast({ ids: shown.map(rowId), by });
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => setIsFocused(isInRow(target));
  return {
    rows: shown,
    isHeld: shown.some((row, index) => row !== coming[index]),
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

/**
 * Sorts `before` like `rows`, but leaves neighbours that are about the same. Where that would leave a row
 * before one that is noticeably ahead of it, the exact order counts.
 */
export function steadyOrder<Row>(
  rows: readonly Row[],
  before: readonly Row[],
  isAboutSame: IsAboutSame<Row>,
): readonly Row[] {
  const ranks = new Map(rows.map((row, index) => [row, index]));
  const rank = (row: Row) => ranks.get(row) ?? rows.length;
  const placed: Row[] = [];
  for (const row of before) {
    let at = placed.length;
    for (; at > 0; at -= 1) {
      const other = placed[at - 1] as Row;
      if (rank(other) < rank(row) || isAboutSame(other, row)) break;
    }
    placed.splice(at, 0, row);
  }
  let ahead = placed.at(-1);
  for (const row of placed.toReversed()) {
    if (ahead !== undefined && rank(ahead) < rank(row) && !isAboutSame(row, ahead)) return rows;
    if (ahead === undefined || rank(row) < rank(ahead)) ahead = row;
  }
  return placed;
}
