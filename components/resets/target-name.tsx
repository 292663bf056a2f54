"use client";

import type { RequestedTarget, Reset } from "#lib/api/resets.ts";
import { useIsBrowser } from "#lib/client/browser/use-browser.ts";
import { type Phrase, reachedPhrases, targetPhrases } from "#lib/client/resets/plan-words.ts";
import { Phrases } from "./phrases.tsx";

interface Props {
  target: RequestedTarget;
  resolvedTime?: string | null;
  at: string;
}

/** A reset's target in words. Local time appears once the browser tells it. */
export function TargetName({ target, resolvedTime = null, at }: Props) {
  return <Target phrases={targetPhrases(target, resolvedTime, Date.parse(at))} />;
}

/** For a begun reset: an undo may take partitions elsewhere than they came from. */
export function ReachedTarget({ reset }: { reset: Pick<Reset, "target" | "entries" | "startedAt"> }) {
  return <Target phrases={reachedPhrases(reset, Date.parse(reset.startedAt))} />;
}

function Target({ phrases }: { phrases: readonly Phrase[] }) {
  const isBrowser = useIsBrowser();
  return (
    <Phrases phrases={phrases.filter((one) => isBrowser || typeof one === "string" || "strong" in one)} />
  );
}
