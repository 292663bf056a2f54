import { defaultLiveSettings, quietSecondsOf } from "../live/limits.ts";

/** For claiming, the fence and the release. */
const aroundSeconds = 5;

/**
 * How long a processor will probably be held off by a live reset of one partition (facts section 6, "Live"): until
 * it has been quiet for long enough that it will not write over the reset any more.
 * @param checkpointSeconds the largest time between two of its checkpoints that was spent on work; null: none was seen
 */
export function holdSeconds(handlerSeconds: number, checkpointSeconds: number | null): number {
  const quiet = quietSecondsOf(defaultLiveSettings.leastQuietSeconds, { handlerSeconds, checkpointSeconds });
  return Math.ceil(quiet) + aroundSeconds;
}
