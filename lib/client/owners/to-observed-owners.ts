import type { OwnersInRange } from "#lib/client/http/hub-queries.ts";
import type { ObservedOwners } from "#lib/ownership/observed-owners.ts";

export function toObservedOwners(owners: OwnersInRange): ObservedOwners {
  const { from, to, isLive, watchedSince, cutBefore } = owners;
  const knownFrom =
    watchedSince === null
      ? null
      : Math.max(from, Date.parse(watchedSince), cutBefore === null ? from : Date.parse(cutBefore));
  return {
    from,
    to,
    isLive,
    knownFrom: knownFrom === null || knownFrom >= to ? null : knownFrom,
    spans: owners.spans.map((span) => ({
      ...span,
      from: Date.parse(span.from),
      to: span.to === null ? null : Date.parse(span.to),
    })),
    changes: owners.changes.map((change) => ({ ...change, at: Date.parse(change.at) })),
  };
}
