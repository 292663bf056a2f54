import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { byNumber } from "#lib/core/figures.ts";

/** How bad a loss is: below 1 while it is only foreseen, then 1 and one more for each event lost. */
export function lossMeasure(secondsUntilLoss: number, lostEvents: number | null): number {
  return secondsUntilLoss === 0 ? 1 + (lostEvents ?? 0) : 1 / (1 + secondsUntilLoss);
}

export function hasBegun(measure: number): boolean {
  return measure >= 1;
}

/**
 * What is lost stays lost: an incident goes on to tell the most, once the checkpoints have moved past it, and names
 * the partitions that lost that many beside those that lose some now.
 */
export function withMostLost(now: Reason, worst: Reason): Reason {
  if (now.code !== "eventsBeingLost" || worst.code !== "eventsBeingLost") return now;
  const { lostEvents, partitionIds } = worst.params;
  if (lostEvents === null || lostEvents <= (now.params.lostEvents ?? -1)) return now;
  const ids = union(partitionIds, now.params.partitionIds);
  return reason("eventsBeingLost", { lostEvents, ...(ids !== null && { partitionIds: ids }) });
}

function union(a: readonly string[] | undefined, b: readonly string[] | undefined): string[] | null {
  if (a === undefined || b === undefined) return null;
  return [...new Set([...a, ...b])].toSorted(byNumber.compare);
}
