/** What an operator may set for live resets; the rest has defaults. */
export interface LiveSettings {
  /** Partitions that are taken at once. */
  partitionsAtOnce: number;
  leastQuietSeconds: number;
  overallSeconds: number;
}

export const defaultLiveSettings: LiveSettings = {
  partitionsAtOnce: 8,
  leastQuietSeconds: 15,
  overallSeconds: 900,
};

/** How long a group's processors take between two checkpoints. */
export interface WorkPace {
  /** Stated: the longest time that a handler takes. */
  handlerSeconds: number;
  /** The largest time between two checkpoints of the partition that was seen; null: none was. */
  checkpointSeconds: number | null;
}

/** How long a processor must have been quiet (lib/reset/README.md#live). */
export function quietSecondsOf(
  leastSeconds: number,
  { checkpointSeconds, handlerSeconds }: WorkPace,
): number {
  return Math.max(leastSeconds, 3 * (checkpointSeconds ?? 0), 2 * handlerSeconds);
}

/** How many partitions are taken at once: at most half of a hub, so that its group goes on reading. */
export function waveSize(partitionsAtOnce: number, partitionCount: number): number {
  return Math.max(1, Math.min(partitionsAtOnce, Math.floor(partitionCount / 2)));
}
