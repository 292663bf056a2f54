"use client";

import type { RequestedTarget, Reset } from "#lib/api/resets.ts";
import {
  type Clamped,
  clampedPhrases,
  reachedPhrases,
  targetPhrases,
} from "#lib/client/resets/target-words.ts";
import { Phrases } from "./phrases.tsx";

interface Props {
  target: RequestedTarget;
  resolvedTime?: string | null;
  clamped?: Clamped | null;
}

export function TargetName({ target, resolvedTime = null, clamped = null }: Props) {
  const named = targetPhrases(target, resolvedTime);
  return <Phrases phrases={clamped === null ? named : clampedPhrases(named, clamped)} />;
}

/** For a begun reset, which may take partitions elsewhere. */
export function ReachedTarget({ reset }: { reset: Pick<Reset, "target" | "entries" | "startedAt"> }) {
  return <Phrases phrases={reachedPhrases(reset)} />;
}
