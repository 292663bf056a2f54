import { fromStoredText } from "#lib/api/reasons/stored.ts";
import type { IncidentRow } from "#lib/history/incidents/incident-records.ts";
import type { Cause } from "./incident.ts";
import { hasBegun } from "./loss-measure.ts";
import type { Subject } from "./observation.ts";

export function causeOf(row: IncidentRow): Cause {
  return {
    incidentId: row.id,
    since: row.since,
    openedAt: row.opened_at,
    toldAt: row.told_at === 0 ? null : row.told_at,
    // The worst is stored when it is told.
    toldHappened: hasBegun(row.worst_measure),
    quietSince: null,
    lastSeenAt: row.last_seen_at,
    summary: fromStoredText(row.summary),
    worst: fromStoredText(row.worst),
    worstMeasure: row.worst_measure,
    heldBy: null,
  };
}

export function subjectOf(row: IncidentRow): Subject {
  return { hub: row.hub, store: row.store, group: row.consumer_group };
}
