"use client";

import type { RequestedTarget, Reset } from "#lib/api/resets.ts";
import { useIsBrowser } from "#lib/client/browser/use-browser.ts";
import { type Phrase, reachedPhrases, targetPhrases } from "#lib/client/resets/plan-words.ts";
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
  return <Target phrases={targetPhrases(target, resolvedTime, Date.parse(at))} />;
}

/** The same of a reset that has begun: an undo may bring some, or all, to another place than they came from. */
export function ReachedTarget({ reset }: { reset: Pick<Reset, "target" | "entries" | "startedAt"> }) {
  return <Target phrases={reachedPhrases(reset, Date.parse(reset.startedAt))} />;
}

function Target({ phrases }: { phrases: readonly Phrase[] }) {
  const isBrowser = useIsBrowser();
  return (
    <Phrases phrases={phrases.filter((one) => isBrowser || typeof one === "string" || "strong" in one)} />
  );
}
