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

export interface Acknowledged {
  by: string;
  at: string;
  note: string | null;
  /** Of the causes that it is of. Null: every cause of the row. */
  rules: string[] | null;
}

/** Who acknowledged the causes of a row, each with its note once: what was asked at once is one. */
export function acknowledgements(row: readonly Incident[]): Acknowledged[] {
  const found = new Map<string, Acknowledged & { rules: string[] }>();
  for (const { acknowledged, ruleId } of row) {
    if (acknowledged === null) continue;
    const { by, at, note } = acknowledged;
    const key = JSON.stringify([by, note]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { by, at, note, rules: [ruleId] });
    else {
      known.rules.push(ruleId);
      if (Date.parse(at) > Date.parse(known.at)) known.at = at;
    }
  }
  return [...found.values()].map((one) => (one.rules.length === row.length ? { ...one, rules: null } : one));
}

type SilenceScope = Pick<Silence, "hub" | "group" | "rule">;

/** Of a group everything, of a hub only what is said of it now: else its groups would fall silent, too. */
export function silenceScope({ hub, group, ruleId }: Incident): SilenceScope {
  return group === null ? { hub, group: "*", rule: ruleId } : { hub, group, rule: "*" };
}

/** Whom a silence is about: pattern by pattern, where it names no single group. */
export function silencedPlaces({ hub, group }: Pick<SilenceScope, "hub" | "group">): string {
  if (group !== "*") return `${group} on ${hub === "*" ? "every event hub" : hub}`;
  return hub === "*" ? "every event hub and its groups" : `${hub} and its groups`;
}

export function silencedRules({ rule }: Pick<SilenceScope, "rule">): string {
  return rule === "*" ? "all rules" : `rule ${rule}`;
}

export function silenceText(scope: SilenceScope): string {
  return `Silences ${silencedPlaces(scope)}, ${silencedRules(scope)}: incidents are shown here, and nothing is sent.`;
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
  return postJson("/api/v1/silences", { ...silenceScope(first), seconds, note }, schema);
}

export async function endSilence(id: number): Promise<void> {
  await postJson(`/api/v1/silences/${id}/end`, {}, silencesSchema);
}
