import { guardSecondsOf } from "../group/guard-seconds.ts";
import type { ResetPlace } from "../group/place.ts";

/** Within this many expiries, a processor that read the old position may still write it back. */
const watchedExpirations = 3;

/** Returns how long to watch partitions after the last write, in seconds. */
export function watchSecondsOf(place: ResetPlace): number {
  return watchedExpirations * guardSecondsOf(place);
}
