"use client";

import { createElement, Fragment, type ReactNode } from "react";
import { UnitText } from "./unit-text.ts";
import { ZonedMoment } from "./use-times.ts";

const moment = /\b(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z| UTC))/;

/** A sentence in pieces: every second one is a moment, as the wire or a sentence in UTC writes it. */
export function splitMoments(text: string): string[] {
  const pieces = text
    .split(moment)
    .map((piece, i) => (i % 2 === 1 ? piece.replace(" UTC", "Z").replace(" ", "T") : piece));
  return pieces.some((piece, i) => i % 2 === 1 && Number.isNaN(Date.parse(piece))) ? [text] : pieces;
}

export function TimedText({ text }: { text: string }): ReactNode {
  const pieces = splitMoments(text);
  if (pieces.length === 1) return createElement(UnitText, { text });
  let start = 0;
  const parts = pieces.map((piece, i) => {
    const key = start;
    start += piece.length + 1;
    return createElement(
      Fragment,
      { key },
      i % 2 === 0 ? createElement(UnitText, { text: piece }) : createElement(ZonedMoment, { at: piece }),
    );
  });
  return createElement(Fragment, null, ...parts);
}
