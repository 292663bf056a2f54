import type { ResetPlan } from "#lib/api/resets.ts";
import type { MadePlanEntry, PlannedWrite } from "#lib/history/resets/plan-record.ts";
import {
  defaultLiveSettings,
  type LiveSettings,
  quietSecondsOf,
  type WorkPace,
  waveSize,
} from "../group/live-pace.ts";

/** For claiming, the fence and the release. */
const aroundSeconds = 5;

/** How a group's processors go about their work, in seconds. */
export interface HoldPace extends WorkPace {
  /** How often they renew what they own, and look for what nobody owns. */
  intervalSeconds: number;
}

type Settings = Pick<LiveSettings, "leastQuietSeconds" | "partitionsAtOnce">;

/**
 * How long a partition will probably be without a reader in a live reset (lib/reset/README.md#live): until the old
 * one has been quiet for long enough, then until a processor looks for partitions, on average half an interval
 * later, and until it has stored its first checkpoint.
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
 * How a live reset of these partitions will probably go: each wave lasts as long as its slowest pause, and is over
 * before the next begins. A partition that nobody owns is held as well, and not waited for.
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
