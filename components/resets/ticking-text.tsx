"use client";

import { useTicking } from "#components/ui/clock.tsx";
import { UnitText } from "#lib/client/format/unit-text.ts";

/** A sentence that depends on time, with its figures and ranges in one piece. */
export function TickingText({ format }: { format: (now: number) => string }) {
  return <UnitText text={useTicking(format)} />;
}
