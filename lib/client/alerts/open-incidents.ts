import { queryOptions } from "@tanstack/react-query";
import type { Incidents } from "#lib/api/alerts.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
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
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/incidents?state=open&limit=1",
        async () => (await import("#lib/api/alerts.ts")).incidentsSchema,
        signal,
      ),
  });
}

type OpenPlaces = Pick<Incidents, "openPlaces" | "unacknowledgedPlaces">;

export function openIncidentsText({ openPlaces: open, unacknowledgedPlaces: left }: OpenPlaces): string {
  if (open === 0) return "No open incidents";
  const care =
    left === 0 ? "acknowledged or silenced" : `${formatCount(left)} neither acknowledged nor silenced`;
  return `${plural(open, "open incident")}, ${care}`;
}
