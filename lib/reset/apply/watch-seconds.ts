import { guardSecondsOf } from "../group/guard-seconds.ts";
import type { ResetPlace } from "../group/place.ts";

/** A processor that read the old position may take so many expiries to write it back. */
const watchedExpirations = 3;

/** How long after the last write partitions are watched. */
export function watchSecondsOf(place: ResetPlace): number {
  return watchedExpirations * guardSecondsOf(place);
}
