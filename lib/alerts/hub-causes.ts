import { fromStoredText } from "#lib/api/reasons/stored.ts";
import type { IncidentRow } from "#lib/history/incidents/incident-records.ts";
import type { Cause } from "./incident.ts";
import type { Subject } from "./observation.ts";

/** An open incident as it is kept, as the cause that it goes on from. */
export function causeOf(row: IncidentRow): Cause {
  return {
    incidentId: row.id,
    since: row.since,
    openedAt: row.opened_at,
    toldAt: row.told_at === 0 ? null : row.told_at,
    // Its worst is kept when it is told: of a loss that is foreseen it stays below 1.
    toldHappened: row.worst_measure >= 1,
    quietSince: null,
    lastSeenAt: row.last_seen_at,
    summary: fromStoredText(row.summary),
    worst: fromStoredText(row.worst),
    worstMeasure: row.worst_measure,
    heldBy: null,
  };
}

/** What a cause is of, from the incident that is kept. */
export function subjectOf(row: IncidentRow): Subject {
  return { hub: row.hub, store: row.store, group: row.consumer_group };
}
