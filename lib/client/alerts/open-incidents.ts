import { queryOptions } from "@tanstack/react-query";
import { getJson } from "#lib/client/http/get-json.ts";
import { keys } from "#lib/client/http/queries.ts";

/**
 * Counts places with open incidents. The header asks while visible, since the stream does not carry them:
 * often enough to agree with what a pager was just told.
 */
export function openIncidentsQuery() {
  return queryOptions({
    queryKey: [...keys.all, "open-incidents"],
    staleTime: 10_000,
    refetchInterval: 15_000,
    retry: false,
    queryFn: async ({ signal }) => {
      const schema = async () => (await import("#lib/api/alerts.ts")).incidentsSchema;
      return (await getJson("/api/v1/incidents?state=open&limit=1", schema, signal)).openPlaces;
    },
  });
}
