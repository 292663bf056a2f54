import { defaultLiveSettings, quietSecondsOf } from "../live/limits.ts";

/** For claiming, the fence and the release. */
const aroundSeconds = 5;

/** How a group's processors go about their work, in seconds. */
export interface HoldPace {
  /** Stated: the longest time that a handler takes. */
  handlerSeconds: number;
  /** The largest time between two checkpoints that was spent on work; null: none was seen. */
  checkpointSeconds: number | null;
  /** How often they renew what they own, and look for what nobody owns. */
  intervalSeconds: number;
}

/**
 * How long a partition will probably be without a reader in a live reset (lib/reset/README.md#live): until the old
 * one has been quiet for long enough, then until a processor looks for partitions, on average half an interval
 * later, and until it has stored its first checkpoint.
 */
export function holdSeconds({ handlerSeconds, checkpointSeconds, intervalSeconds }: HoldPace): number {
  const quiet = quietSecondsOf(defaultLiveSettings.leastQuietSeconds, { handlerSeconds, checkpointSeconds });
  const untilFirst = checkpointSeconds ?? handlerSeconds;
  return Math.ceil(quiet + aroundSeconds + intervalSeconds / 2 + untilFirst);
}
