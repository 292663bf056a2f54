import { queryOptions } from "@tanstack/react-query";
import type { Incident } from "#lib/api/alerts.ts";
import type { Silence, Silences } from "#lib/api/silences.ts";
import { getJson, postJson } from "#lib/client/http/http.ts";
import { keys } from "#lib/client/http/queries.ts";

const silencesSchema = async () => (await import("#lib/api/silences.ts")).silencesSchema;

const silencesKey = [...keys.all, "incidents", "silences"] as const;

export function silencesQuery() {
  return queryOptions<Silences>({
    queryKey: silencesKey,
    staleTime: 10_000,
    refetchInterval: 60_000,
    retry: 1,
    queryFn: ({ signal }) => getJson("/api/v1/silences", silencesSchema, signal),
  });
}

export function bySubject(incidents: readonly Incident[]): Incident[][] {
  const rows = new Map<string, Incident[]>();
  for (const incident of incidents) {
    const { id, hub, store, group, state } = incident;
    const subject = JSON.stringify(state === "closed" ? [id] : [hub, store, group?.toLowerCase()]);
    const row = rows.get(subject);
    if (row === undefined) rows.set(subject, [incident]);
    else row.push(incident);
  }
  return [...rows.values()];
}

/** Whether a group of this name has incidents in another store of the hub, too. */
export function isInSeveralStores(row: readonly Incident[], incidents: readonly Incident[]): boolean {
  const [one] = row;
  return incidents.some(
    ({ hub, store, group }) =>
      hub === one?.hub && store !== one.store && group?.toLowerCase() === one.group?.toLowerCase(),
  );
}

export async function acknowledge(incidents: readonly Incident[], note: string): Promise<void> {
  const schema = async () => (await import("#lib/api/alerts.ts")).incidentSchema;
  const body = note.trim() === "" ? {} : { note };
  for (const { id, acknowledged } of incidents) {
    if (acknowledged === null) await postJson(`/api/v1/incidents/${id}/acknowledge`, body, schema);
  }
}

export async function silenceSubject(
  incidents: readonly Incident[],
  seconds: number,
  note: string,
): Promise<Silence | null> {
  const [first] = incidents;
  if (first === undefined) return null;
  const schema = async () => (await import("#lib/api/silences.ts")).silenceSchema;
  const subject =
    first.group === null ? { hub: first.hub, rule: first.ruleId } : { hub: first.hub, group: first.group };
  return postJson("/api/v1/silences", { ...subject, seconds, note }, schema);
}

export async function endSilence(id: number): Promise<void> {
  await postJson(`/api/v1/silences/${id}/end`, {}, silencesSchema);
}
