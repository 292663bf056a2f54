import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Alerts, Incidents } from "#lib/api/alerts.ts";
import { getJson } from "#lib/client/http/get-json.ts";
import { keys } from "#lib/client/http/queries.ts";

export const incidentStates = ["open", "all"] as const;
export type IncidentState = (typeof incidentStates)[number];

export const incidentsKey = (state: IncidentState) => [...keys.all, "incidents", state] as const;
export const alertsKey = [...keys.all, "alerts"] as const;

export function incidentsQuery(state: IncidentState) {
  return queryOptions<Incidents>({
    queryKey: incidentsKey(state),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      getJson(
        `/api/v1/incidents?state=${state}&limit=500`,
        async () => (await import("#lib/api/alerts.ts")).incidentsSchema,
        signal,
      ),
  });
}

export function alertsQuery() {
  return queryOptions<Alerts>({
    queryKey: alertsKey,
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
    queryFn: ({ signal }) =>
      getJson("/api/v1/alerts", async () => (await import("#lib/api/alerts.ts")).alertsSchema, signal),
  });
}
