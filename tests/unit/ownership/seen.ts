import type { OwnerSpan } from "#lib/ownership/owner-spans.ts";
import type { OwnersSeen, SeenChange } from "#lib/ownership/owners-seen.ts";

export const hour = 3_600;

/** Two hours up to now, known from the start. Times are seconds from there. */
export function seen(over: Partial<OwnersSeen> = {}): OwnersSeen {
  const range = { from: 0, to: 2 * hour * 1000, isLive: true, knownFrom: 0 };
  return { ...range, spans: [], changes: [], ...over };
}

export function span(partitionId: string, ownerId: string, from: number, to: number | null): OwnerSpan {
  return {
    partitionId,
    ownerId,
    from: from * 1000,
    to: to === null ? null : to * 1000,
    endedBy: to === null ? null : "released",
  };
}

export function change(
  kind: SeenChange["kind"],
  partitionId: string,
  at: number,
  ownerId: string | null,
  previousOwnerId: string | null = null,
): SeenChange {
  return { kind, partitionId, at: at * 1000, ownerId, previousOwnerId };
}
