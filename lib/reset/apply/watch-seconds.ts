import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { guardSecondsOf } from "../group/guard-seconds.ts";
import type { ResetPlace } from "../group/place.ts";

/** Within this many expiries, a processor that read the old position may still write it back. */
const watchedExpirations = 3;

/** Null for what no refresh shows: a clean-up's blobs. */
export function watchSecondsOf(
  place: ResetPlace,
  writes: readonly Pick<PlannedWrite, "cleans">[] = [],
): number | null {
  if (writes.some(({ cleans }) => cleans !== undefined)) return null;
  return watchedExpirations * guardSecondsOf(place);
}
