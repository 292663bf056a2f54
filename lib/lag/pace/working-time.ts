import type { EpochMs } from "#lib/core/time.ts";
import type { CommitRing } from "../commits.ts";

const periodMs = 4 * 60 * 60_000;
const dayMs = 24 * 60 * 60_000;
const leastObservations = 100;
const longestSeconds = 300;

interface Period {
  index: number;
  /** Observations, and steps from one checkpoint to the next, that it is the longest of. */
  looks: number;
  steps: number;
  seconds: number;
  at: EpochMs;
  waiting: number;
}

interface Standing {
  at: EpochMs;
  waiting: number;
  seconds: number;
  looks: number;
  /** Who wrote the checkpoint and has owned the partition since. Null: not known, or not one alone. */
  ownerId: string | null;
}

/**
 * How long a partition's processor works between checkpoints, from a day of observations. `standing`: the
 * current checkpoint and the oldest age seen since. `ownerId`: the active owner at the last observation. Immutable.
 */
export interface WorkingTime {
  readonly standing: Standing | null;
  readonly ownerId: string | null;
  readonly periods: readonly Period[];
}

export const noWorkingTime: WorkingTime = { standing: null, ownerId: null, periods: [] };

/**
 * Takes in an observation. A refresh only sees the newest checkpoint, so two of them may have others between: what
 * counts is the newest one's age when observed, once the next has come. A stopped processor adds nothing, nor does a
 * step in which the partition changed its owner: that is a claim or a restart, no handler.
 * @param ownerId the active owner; null: none
 */
export function observeWork(
  work: WorkingTime,
  { commits }: CommitRing,
  storeNow: EpochMs,
  ownerId: string | null,
): WorkingTime {
  const newest = commits.at(-1);
  const { standing } = work;
  // One that owned it at the observation before, too, has written what is new since.
  const writer = ownerId === work.ownerId ? ownerId : null;
  if (newest === undefined) return { ...work, standing: null, ownerId };
  if (standing?.at !== newest.at) {
    const isSeen = standing !== null && standing.looks > 0 && newest.at > standing.at && newest.blindMs === 0;
    const isOnes = writer !== null && standing?.ownerId === writer;
    const periods = isSeen && isOnes ? withStep(work.periods, standing, newest.at) : work.periods;
    const begun = { at: newest.at, waiting: newest.lag ?? 0, seconds: 0, looks: 0, ownerId: writer };
    return { standing: lookedAt(begun, storeNow), ownerId, periods };
  }
  const held = standing.ownerId === ownerId ? standing : { ...standing, ownerId: null };
  return { standing: lookedAt(held, storeNow), ownerId, periods: work.periods };
}

function lookedAt(standing: Standing, storeNow: EpochMs): Standing {
  if (standing.waiting === 0) return standing;
  const seconds = Math.max(standing.seconds, (storeNow - standing.at) / 1_000);
  return { ...standing, seconds, looks: standing.looks + 1 };
}

function withStep(periods: readonly Period[], { seconds, waiting, looks }: Standing, at: EpochMs): Period[] {
  const index = Math.floor(at / periodMs);
  const kept = periods.filter((period) => period.index !== index && period.at > at - dayMs);
  const before = periods.find((period) => period.index === index);
  const counts = { looks: looks + (before?.looks ?? 0), steps: 1 + (before?.steps ?? 0) };
  if (before === undefined || seconds >= before.seconds)
    return [...kept, { index, seconds, at, waiting, ...counts }];
  return [...kept, { ...before, ...counts }];
}

export interface SlowestWork {
  partitionId: string;
  seconds: number;
  at: EpochMs;
  waiting: number;
  steps: number;
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
  let [looks, steps] = [0, 0];
  for (const [partitionId, { periods }] of partitions) {
    for (const period of periods) {
      if (period.at <= storeNow - dayMs) continue;
      looks += period.looks;
      steps += period.steps;
      const seconds = Math.min(longestSeconds, Math.ceil(period.seconds) + 1);
      if (slowest !== null && slowest.seconds >= seconds) continue;
      slowest = { partitionId, seconds, at: period.at, waiting: period.waiting, steps: 0 };
    }
  }
  return slowest === null || looks < leastObservations ? null : { ...slowest, steps };
}
