export interface IncidentSubject {
  hub: string;
  store: string | null;
  group: string | null;
}

/** One incident per cause: the same rule on the same subject. */
export function incidentKey(ruleId: string, { hub, store, group }: IncidentSubject): string {
  return JSON.stringify([ruleId, hub, store, group?.toLowerCase() ?? null]);
}
