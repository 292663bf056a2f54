import type { Diagnosis } from "#lib/api/diagnosis.ts";
import type { Clock } from "#lib/core/time.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";

const holdsMs = 30_000;

/**
 * A hub's diagnosis for dashboards that don't refresh it and lack the evidence. Renewed every 30 s, and at
 * once when a source fails or recovers.
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
