import { useQueries, useQuery } from "@tanstack/react-query";
import type { Reset } from "#lib/api/resets.ts";
import { resetQuery, resetsQuery } from "#lib/client/resets/reset-queries.ts";
import { isCut, laterThan, type RestNow, restNow } from "#lib/client/resets/result/later-resets.ts";
import { restOf } from "#lib/client/resets/result/rest-of-reset.ts";

/** What is left of a reset after the last ones of its group. `isKnown`: these have been looked at, or can't be. */
export function useRestNow(reset: Reset): RestNow & { isKnown: boolean } {
  const hasRest = restOf(reset) !== null;
  const last = useQuery({ ...resetsQuery(reset), enabled: hasRest });
  const heads = hasRest && last.data !== undefined ? laterThan(reset, last.data) : [];
  // Each by itself: together they would all be unknown for a moment whenever one of them begins or ends.
  const later = useQueries({ queries: heads.map(({ id }) => resetQuery(id)) });
  const isKnown = !hasRest || (!last.isPending && later.every(({ isPending }) => !isPending));
  const [newest] = heads;
  if (newest !== undefined && last.data !== undefined && isCut(reset, last.data))
    return { rest: null, covered: [], by: newest, notUndone: null, isKnown };
  const known = later.flatMap(({ data }) => data ?? []);
  return { ...restNow(reset, known), isKnown };
}
