"use client";

import { useState } from "react";
import { assignColors } from "./identity-colors.ts";

/** A colour number for each id, kept for as long as the page is open and the id is there. */
export function useColors(ids: readonly string[]): ReadonlyMap<string, number> {
  const [colors, setColors] = useState(() => assignColors(ids));
  if (ids.every((id) => colors.has(id))) return colors;
  const next = assignColors(ids, colors);
  setColors(next);
  return next;
}
