import { type Incidents, type Severity, severities } from "#lib/api/alerts.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { incidentKey } from "#lib/history/incidents/incident-key.ts";
import type { OpenIncidentRow } from "#lib/history/incidents/incident-records.ts";
import type { SilenceRow } from "#lib/history/incidents/silence-records.ts";
import { silencedUntil } from "./silences.ts";

type OpenCounts = Omit<Incidents, "incidents">;

/** A place counts as acknowledged once every cause is, or is silenced: then somebody takes care of all of it. */
export function countOpen(
  rows: readonly OpenIncidentRow[],
  silences: readonly SilenceRow[],
  now: EpochMs,
): OpenCounts {
  const untended = rows.filter(
    ({ rule_id: ruleId, hub, consumer_group: group, acknowledged_at: at }) =>
      at === null && silencedUntil(silences, { ruleId, hub, group }, now) === null,
  );
  const found = new Set(untended.map(({ severity }) => severity));
  return {
    open: rows.length,
    openPlaces: placesOf(rows),
    unacknowledgedPlaces: placesOf(untended),
    unacknowledgedSeverity: severities.findLast((severity: Severity) => found.has(severity)) ?? null,
  };
}

function placesOf(rows: readonly OpenIncidentRow[]): number {
  return new Set(rows.map(({ hub, store, consumer_group: group }) => incidentKey("", { hub, store, group })))
    .size;
}
