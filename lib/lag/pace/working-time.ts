import type { EpochMs } from "#lib/core/time.ts";
import type { CommitRing } from "../commits.ts";

const periodMs = 4 * 60 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** With fewer looks the oldest checkpoint that was seen may be far from the oldest that there was. */
const leastLooks = 100;
/** Longer than any handler is worth to be waited for. */
const longestSeconds = 300;

/** The longest time without a checkpoint while events waited, in one stretch of the day. */
interface Period {
  index: number;
  /** Looks that fell between two checkpoints with events waiting. */
  looks: number;
  seconds: number;
  /** When the checkpoint came that ended it, by the store's clock. */
  at: EpochMs;
  waiting: number;
}

/** How long a partition's processor works between two checkpoints, as the looks of a day found it. Immutable. */
export interface WorkingTime {
  /** The checkpoint that stands, and how old it was found since; null: none. */
  readonly standing: { at: EpochMs; waiting: number; seconds: number; looks: number } | null;
  readonly periods: readonly Period[];
}

export const noWorkingTime: WorkingTime = { standing: null, periods: [] };

/**
 * Takes in a look. A refresh sees the newest checkpoint alone, so the time between the two that it sees may hold many:
 * what counts is how old the newest was at a look, told once the next has come. A processor that stopped adds nothing.
 */
export function lookAtWork(work: WorkingTime, { commits }: CommitRing, storeNow: EpochMs): WorkingTime {
  const newest = commits.at(-1);
  const { standing } = work;
  if (newest === undefined) return standing === null ? work : { ...work, standing: null };
  const isNew = standing?.at !== newest.at;
  const isSeen = standing !== null && standing.looks > 0 && newest.at > standing.at && newest.blindMs === 0;
  const periods = isNew && isSeen ? withStep(work.periods, standing, newest.at) : work.periods;
  const begun = isNew ? { at: newest.at, waiting: newest.lag ?? 0, seconds: 0, looks: 0 } : standing;
  if (begun.waiting === 0) return { standing: begun, periods };
  const seconds = Math.max(begun.seconds, (storeNow - newest.at) / 1_000);
  return { standing: { ...begun, seconds, looks: begun.looks + 1 }, periods };
}

function withStep(
  periods: readonly Period[],
  { seconds, waiting, looks }: NonNullable<WorkingTime["standing"]>,
  at: EpochMs,
): Period[] {
  const index = Math.floor(at / periodMs);
  const kept = periods.filter((period) => period.index !== index && period.at > at - dayMs);
  const before = periods.find((period) => period.index === index);
  const step = { index, looks: looks + (before?.looks ?? 0), seconds, at, waiting };
  if (before === undefined || seconds >= before.seconds) return [...kept, step];
  return [...kept, { ...before, looks: step.looks }];
}

export interface SlowestWork {
  partitionId: string;
  /** A whole number, and never below what was seen: times of checkpoints are whole seconds. At most 5 minutes. */
  seconds: number;
  at: EpochMs;
  /** Events that waited meanwhile. */
  waiting: number;
  /** How many looks it is the longest of. */
  looks: number;
}

/** The longest of a group's partitions in the last day; null where too few looks fell into its work to tell. */
export function slowestWork(
  partitions: Iterable<readonly [partitionId: string, work: WorkingTime]>,
  storeNow: EpochMs,
): SlowestWork | null {
  let slowest: SlowestWork | null = null;
  let looks = 0;
  for (const [partitionId, { periods }] of partitions) {
    for (const period of periods) {
      if (period.at <= storeNow - dayMs) continue;
      looks += period.looks;
      const seconds = Math.min(longestSeconds, Math.ceil(period.seconds) + 1);
      if (slowest !== null && slowest.seconds >= seconds) continue;
      slowest = { partitionId, seconds, at: period.at, waiting: period.waiting, looks: 0 };
    }
  }
  return slowest === null || looks < leastLooks ? null : { ...slowest, looks };
}
