import type { Diagnosis } from "#lib/api/diagnosis.ts";
import type { Clock } from "#lib/core/time.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";

/** It goes through every blob that was read, and what it tells changes rarely. */
const holdsMs = 30_000;

/**
 * What a hub's diagnosis says, for the dashboards that do not refresh it: they have none of the evidence. Told
 * anew every 30 s, and at once where a source fails or answers again.
 */
export function sharedDiagnosis(
  diagnose: (snapshot: HubSnapshot) => Diagnosis | null,
  clock: Clock = Date.now,
): (snapshot: HubSnapshot) => Diagnosis | null {
  const told = new Map<string, { until: number; faults: string; diagnosis: Diagnosis | null }>();
  return (snapshot) => {
    const { id, error, checkpointStores } = snapshot.eventHub;
    const faults = JSON.stringify([
      error?.code,
      checkpointStores.map((store) => [store.id, store.error?.code]),
    ]);
    const before = told.get(id);
    if (before !== undefined && before.faults === faults && clock() < before.until) return before.diagnosis;
    const diagnosis = diagnose(snapshot);
    told.set(id, { until: clock() + holdsMs, faults, diagnosis });
    return diagnosis;
  };
}
