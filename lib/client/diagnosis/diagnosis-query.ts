import { queryOptions } from "@tanstack/react-query";
import type { Diagnosis } from "#lib/api/diagnosis.ts";
import { getJson } from "#lib/client/http/get-json.ts";
import { keys } from "#lib/client/http/queries.ts";

export const diagnosisKey = (hub: string) => [...keys.all, "diagnosis", hub] as const;

export function diagnosisQuery(hub: string) {
  return queryOptions<Diagnosis>({
    queryKey: diagnosisKey(hub),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
    queryFn: ({ signal }) =>
      getJson(
        `/api/v1/event-hubs/${encodeURIComponent(hub)}/diagnosis`,
        async () => (await import("#lib/api/diagnosis.ts")).diagnosisSchema,
        signal,
      ),
  });
}
