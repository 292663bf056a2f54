import type { LagState, Status } from "#lib/api/status.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Commit, CommitRing } from "./commits.ts";
import type { PositionRing } from "./positions.ts";

/** How long a group with a single known commit may stay silent. */
const singleCommitSpanMs = 5 * 60_000;
/** The window in which a level group is looked for spans at least this many refreshes. */
const minRefreshesSeen = 3;

export interface PartitionStatusInput {
  lag: number | null;
  lagState: LagState;
  ring: CommitRing;
  /** The smallest last-enqueued value seen in the window: `lowestLastEnqueued`. Null: none seen. */
  lowestLastEnqueued: number | null;
  /** By the clock of the commits' times: the store's. */
  now: EpochMs;
  /** The lag at which a group still counts as level. */
  allowedLag?: number;
}

/** A partition's status by the rules of LinkedIn's Burrow, in the order of facts section 3. */
export function partitionStatus(input: PartitionStatusInput): Status {
  const { lag, lagState, now, lowestLastEnqueued, allowedLag = 0 } = input;
  const { commits } = input.ring;
  if (lag === null || (lagState === "noCheckpoint" && lag > 0)) return "unknown";
  if (lag <= allowedLag) return "ok";
  const newest = commits.at(-1);
  if (newest === undefined) return "unknown";

  const wasLevelLately = lowestLastEnqueued !== null && lowestLastEnqueued <= newest.sequenceNumber;
  if (now - newest.at > silenceAllowedMs(commits) && !wasLevelLately) return "stop";
  if (isRewound(commits)) return "rewind";
  if (commits.some((commit) => commit.lag !== null && commit.lag <= allowedLag)) return "ok";
  // One commit is at one position and has no predecessor: the next two rules would call every group stalled
  // that is seen for the first time.
  if (commits.length === 1) return "unknown";
  if (commits.every(({ sequenceNumber }) => sequenceNumber === newest.sequenceNumber)) return "stall";
  return isLagFalling(commits) ? "ok" : "warn";
}

/**
 * The smallest last-enqueued value "seen in the window": within the ring's span, and at least a few refreshes,
 * before `now`, which here is by the clock of the positions' times: this machine's.
 */
export function lowestLastEnqueued(
  positions: PositionRing,
  ring: CommitRing,
  now: EpochMs,
  refreshMs: number,
): number | null {
  const since = now - Math.max(silenceAllowedMs(ring.commits), minRefreshesSeen * refreshMs);
  for (let index = 0; index < positions.size; index += 1) {
    // Values only rise within a ring, so the first one in the window is its smallest.
    if (positions.timeAt(index) >= since) return positions.sequenceNumberAt(index);
  }
  return null;
}

const severity: readonly Status[] = ["ok", "warn", "stall", "rewind", "stop"];

/** As bad as the worst of them; `unknown` ones do not count, unless nothing else is there. */
export function groupStatus(statuses: Iterable<Status>): Status {
  let worst = -1;
  for (const status of statuses) worst = Math.max(worst, severity.indexOf(status));
  return severity[worst] ?? "unknown";
}

function silenceAllowedMs(commits: readonly Commit[]): number {
  const [oldest] = commits;
  const newest = commits.at(-1);
  if (oldest === undefined || newest === undefined || commits.length === 1) return singleCommitSpanMs;
  return newest.at - oldest.at;
}

/** Some commit lies before its predecessor, and no later one reaches that predecessor again. */
function isRewound(commits: readonly Commit[]): boolean {
  return commits.some(({ sequenceNumber }, index) => {
    const predecessor = commits[index - 1];
    if (predecessor === undefined || sequenceNumber >= predecessor.sequenceNumber) return false;
    return !commits.slice(index + 1).some((later) => later.sequenceNumber >= predecessor.sequenceNumber);
  });
}

function isLagFalling(commits: readonly Commit[]): boolean {
  return commits.some(({ lag }, index) => {
    const before = commits[index - 1]?.lag ?? null;
    return lag !== null && before !== null && lag < before;
  });
}
