import type { QueryKey } from "@tanstack/react-query";
import { resetKeys } from "#lib/client/http/reset-keys.ts";
import { mostLast } from "#lib/client/resets/reset-queries.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { runtime } from "#lib/server/runtime.ts";
import { withinLimit } from "./within-limit.ts";

/** The last reset comes with the page: its strip would push the page when it came later. */
export async function prefetchResets(address: GroupAddress): Promise<(readonly [QueryKey, unknown])[]> {
  const answer = await withinLimit(runtime().resets.resets(address, mostLast));
  const [newest] = answer?.resets ?? [];
  if (newest === undefined) return answer === null ? [] : [[resetKeys.resets(address), answer]];
  const reset = await withinLimit(runtime().resets.reset(newest.id));
  return [
    [resetKeys.resets(address), answer],
    ...(reset === null ? [] : [[resetKeys.reset(newest.id), reset] as const]),
  ];
}
