import { guardSecondsOf } from "../group/guard-seconds.ts";
import type { ResetPlace } from "../group/place.ts";

/** Within this many expiries, a processor that read the old position may still write it back. */
const watchedExpirations = 3;

export function watchSecondsOf(place: ResetPlace): number {
  return watchedExpirations * guardSecondsOf(place);
}
