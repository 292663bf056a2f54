"use client";

import type { RequestedTarget } from "#lib/api/resets.ts";
import { useIsBrowser } from "#lib/client/browser/use-browser.ts";
import { targetPhrases } from "#lib/client/resets/plan-words.ts";
import { Phrases } from "./phrases.tsx";

interface Props {
  target: RequestedTarget;
  /** The moment that a time came to, where that is known. */
  resolvedTime?: string | null;
  /** What is of another day than this moment is named with its day. */
  at: string;
}

/** Where a reset goes to, in words. The browser's own time comes once the browser is asked. */
export function TargetName({ target, resolvedTime = null, at }: Props) {
  const isBrowser = useIsBrowser();
  const phrases = targetPhrases(target, resolvedTime, Date.parse(at));
  return (
    <Phrases phrases={phrases.filter((one) => isBrowser || typeof one === "string" || "strong" in one)} />
  );
}
