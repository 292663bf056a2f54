export interface LiveSettings {
  partitionsAtOnce: number;
  leastQuietSeconds: number;
  overallSeconds: number;
}

export const defaultLiveSettings: LiveSettings = {
  partitionsAtOnce: 8,
  leastQuietSeconds: 15,
  overallSeconds: 900,
};

/**
 * How long a group's processors take between two checkpoints. `handlerSeconds`: the longest time of a
 * handler, as stated in the request. `checkpointSeconds`: the partition's longest observed time; null: none
 * was observed.
 */
export interface WorkPace {
  handlerSeconds: number;
  checkpointSeconds: number | null;
}

/** Returns the quiet time in seconds (lib/reset/README.md#live). */
export function quietSecondsOf(
  leastSeconds: number,
  { checkpointSeconds, handlerSeconds }: WorkPace,
): number {
  return Math.max(leastSeconds, 3 * (checkpointSeconds ?? 0), 2 * handlerSeconds);
}

/** Returns how many partitions to hold at once: at most half of a hub, so that its group goes on reading. */
export function waveSize(partitionsAtOnce: number, partitionCount: number): number {
  return Math.max(1, Math.min(partitionsAtOnce, Math.floor(partitionCount / 2)));
}
