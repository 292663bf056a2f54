import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { largest } from "#lib/core/known.ts";

/** How bad a loss is: below 1 while it is only foreseen, then 1 and one more for each event lost. */
export function lossMeasure(secondsUntilLoss: number, lostEvents: number | null): number {
  return secondsUntilLoss === 0 ? 1 + (lostEvents ?? 0) : 1 / (1 + secondsUntilLoss);
}

export function hasBegun(measure: number): boolean {
  return measure >= 1;
}

/** What is lost stays lost: an incident goes on to tell the most, once the checkpoints have moved past it. */
export function withMostLost(now: Reason, worst: Reason): Reason {
  if (now.code !== "eventsBeingLost" || worst.code !== "eventsBeingLost") return now;
  const lostEvents = largest([now.params.lostEvents, worst.params.lostEvents]);
  return reason("eventsBeingLost", { ...now.params, lostEvents });
}
