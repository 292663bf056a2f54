import { createElement, Fragment, type ReactNode } from "react";

/** A number with its unit, or a range of partitions, but no part of a date or a name. */
const figure = /((?:[<>≤≥] )?\d[\d,.]* (?:ms|[smhd]|%|[KMGT]?B)(?!\w)|(?<![\w.:-])\d{1,5}-\d{1,5}(?![\w/-]))/;

/**
 * A text in which no line ends between a number and its unit, or within a range. What is copied keeps plain blanks
 * and hyphens.
 */
export function UnitText({ text }: { text: string }): ReactNode {
  const pieces = text.split(figure);
  if (pieces.length === 1) return text;
  let start = 0;
  const parts = pieces.map((piece, i) => {
    const key = start;
    start += piece.length + 1;
    const whole = { key, className: "whitespace-nowrap" };
    return i % 2 === 0 ? createElement(Fragment, { key }, piece) : createElement("span", whole, piece);
  });
  return createElement(Fragment, null, ...parts);
}
