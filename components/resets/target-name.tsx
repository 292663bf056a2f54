"use client";

import type { RequestedTarget, Reset } from "#lib/api/resets.ts";
import { reachedPhrases, targetPhrases } from "#lib/client/resets/target-words.ts";
import { Phrases } from "./phrases.tsx";

interface Props {
  target: RequestedTarget;
  resolvedTime?: string | null;
}

export function TargetName({ target, resolvedTime = null }: Props) {
  return <Phrases phrases={targetPhrases(target, resolvedTime)} />;
}

/** For a begun reset: an undo may take partitions elsewhere than they came from. */
export function ReachedTarget({ reset }: { reset: Pick<Reset, "target" | "entries" | "startedAt"> }) {
  return <Phrases phrases={reachedPhrases(reset)} />;
}
