import type { ResetPlan } from "#lib/api/resets.ts";
import type { MadePlanEntry, PlannedWrite } from "#lib/history/resets/plan-record.ts";
import {
  defaultLiveSettings,
  type LiveSettings,
  quietSecondsOf,
  type WorkPace,
  waveSize,
} from "../group/live-pace.ts";

const aroundSeconds = 5;

/**
 * The pace of a group's processors. `intervalSeconds`: between two load-balancing rounds, which renew, and
 * claim unowned partitions.
 */
export interface HoldPace extends WorkPace {
  intervalSeconds: number;
}

type Settings = Pick<LiveSettings, "leastQuietSeconds" | "partitionsAtOnce">;

/**
 * Estimates how long a live reset leaves a partition without a reader (lib/reset/README.md#live): until the
 * old reader has been quiet long enough, half a load-balancing interval until a processor claims the
 * partition, the time to its first checkpoint, and the time for claim, fence and release.
 */
export function holdSeconds(
  { handlerSeconds, checkpointSeconds, intervalSeconds }: HoldPace,
  { leastQuietSeconds }: Settings = defaultLiveSettings,
): number {
  const quiet = quietSecondsOf(leastQuietSeconds, { handlerSeconds, checkpointSeconds });
  const untilFirst = checkpointSeconds ?? handlerSeconds;
  return Math.ceil(quiet + aroundSeconds + intervalSeconds / 2 + untilFirst);
}

/**
 * Estimates a live reset's waves. A wave lasts as long as its slowest pause and ends before the next begins. An unowned
 * partition is held too, but nobody is waited for.
 * @param handlerSeconds as stated
 */
export function liveCourse(
  writes: readonly PlannedWrite[],
  entries: readonly MadePlanEntry[],
  handlerSeconds: number,
  partitionCount: number,
  settings: Settings = defaultLiveSettings,
): NonNullable<ResetPlan["live"]> {
  const partitionsAtOnce = waveSize(settings.partitionsAtOnce, partitionCount);
  const unowned = quietSecondsOf(settings.leastQuietSeconds, { handlerSeconds, checkpointSeconds: null });
  const holds = new Map(entries.map((entry) => [entry.partitionId, entry.holds?.seconds ?? null]));
  const waves = Math.ceil(writes.length / partitionsAtOnce);
  const seconds = Array.from({ length: waves }, (_, wave) =>
    writes
      .slice(wave * partitionsAtOnce, (wave + 1) * partitionsAtOnce)
      .map(({ partitionId }) => holds.get(partitionId) ?? unowned + aroundSeconds),
  ).reduce((sum, wave) => sum + Math.max(...wave), 0);
  return { partitionsAtOnce, waves, seconds: Math.ceil(seconds) };
}
