import type { ObservedChange, ObservedOwners } from "#lib/ownership/observed-owners.ts";
import type { OwnerSpan } from "#lib/ownership/owner-spans.ts";

export const hour = 3_600;

/** Two hours up to now, known from the start. Times are seconds from there. */
export function seen(over: Partial<ObservedOwners> = {}): ObservedOwners {
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
  kind: ObservedChange["kind"],
  partitionId: string,
  at: number,
  ownerId: string | null,
  previousOwnerId: string | null = null,
): ObservedChange {
  return { kind, partitionId, at: at * 1000, ownerId, previousOwnerId };
}
