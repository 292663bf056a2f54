import type { EpochMs } from "#lib/core/time.ts";
import type { CommitRing } from "../commits.ts";

const periodMs = 4 * 60 * 60_000;
const dayMs = 24 * 60 * 60_000;
const leastObservations = 100;
const longestSeconds = 300;

interface Period {
  index: number;
  looks: number;
  seconds: number;
  at: EpochMs;
  waiting: number;
}

/**
 * How long a partition's processor works between checkpoints, from a day of observations. `standing`: the
 * current checkpoint and the oldest age seen since. Immutable.
 */
export interface WorkingTime {
  readonly standing: { at: EpochMs; waiting: number; seconds: number; looks: number } | null;
  readonly periods: readonly Period[];
}

export const noWorkingTime: WorkingTime = { standing: null, periods: [] };

/**
 * Takes in an observation. A refresh only sees the newest checkpoint, so two of them may have others between: what
 * counts is the newest one's age when observed, once the next has come. A stopped processor adds nothing.
 */
export function observeWork(work: WorkingTime, { commits }: CommitRing, storeNow: EpochMs): WorkingTime {
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
  seconds: number;
  at: EpochMs;
  waiting: number;
  looks: number;
}

/**
 * The slowest partition of the last day. Null: too few observations fell into its work. `seconds` is rounded
 * up, since checkpoints' times have whole seconds; at most 300.
 */
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
  return slowest === null || looks < leastObservations ? null : { ...slowest, looks };
}
