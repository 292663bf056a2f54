import type { Diagnosis } from "#lib/api/diagnosis.ts";
import { download } from "#lib/client/format/csv.ts";

export function exportDiagnosis(diagnosis: Diagnosis): void {
  // The date without colons, which no file's name may carry everywhere.
  const at = diagnosis.observedAt?.slice(0, 19).replaceAll(":", "") ?? "never-read";
  download(`${diagnosis.hub}-diagnosis-${at}.json`, JSON.stringify(diagnosis, null, 2), "application/json");
}
