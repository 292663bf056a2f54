import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Reset } from "#lib/api/resets.ts";
import { resetKeys } from "#lib/client/http/reset-keys.ts";
import { resetQuery, resetsQuery } from "#lib/client/resets/reset-queries.ts";
import { isCut, laterThan, type RestNow, restNow } from "#lib/client/resets/result/later-resets.ts";
import { restOf } from "#lib/client/resets/result/rest-of-reset.ts";

/** What is left of a reset after the last ones of its group. `isKnown`: these have been looked at, or can't be. */
export function useRestNow(reset: Reset): RestNow & { isKnown: boolean } {
  const client = useQueryClient();
  const hasRest = restOf(reset) !== null;
  const last = useQuery({ ...resetsQuery(reset), enabled: hasRest });
  const heads = last.data === undefined ? [] : laterThan(reset, last.data);
  const later = useQuery({
    queryKey: [...resetKeys.resets(reset), "later", ...heads.map(({ id, state }) => `${id} ${state}`)],
    enabled: heads.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => Promise.all(heads.map(({ id }) => client.fetchQuery(resetQuery(id)))),
  });
  const isKnown = !hasRest || (!last.isPending && (heads.length === 0 || !later.isPending));
  const [newest] = heads;
  if (hasRest && newest !== undefined && last.data !== undefined && isCut(reset, last.data))
    return { rest: null, covered: [], by: newest, notUndone: null, isKnown };
  return { ...restNow(reset, later.data ?? []), isKnown };
}
