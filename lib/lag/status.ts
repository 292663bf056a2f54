import type { LagState, Status } from "#lib/api/status.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { type Commit, type CommitRing, watchedSteps } from "./commits.ts";
import type { PositionRing } from "./positions.ts";

/** How long a group may stay silent of which no two commits are known that follow one another. */
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
  /** When the checkpoint was written that stands on a partition without an owner. Null: it has one, or was never read. */
  unattendedSince?: EpochMs | null;
}

/**
 * A partition's status by the rules of LinkedIn's Burrow, in the order of lib/lag/README.md#status. Rules 5 and 6
 * compare commits, so they take two, and rule 6 two whose lag was known: a group that is seen for the first time, or
 * for the first time since a reset, is neither stalled nor falling behind. Until then it is `unknown`, or silent for
 * too long.
 */
export function partitionStatus(input: PartitionStatusInput): Status {
  const status = statusByRules(input);
  return status === "unknown" && isLeft(input) ? "stop" : status;
}

/**
 * Whether events wait on a partition that was read once, and nobody has it or commits: for five minutes, or for longer
 * where its reader is known to commit more rarely. It tells only what the rules leave unknown.
 */
function isLeft(input: PartitionStatusInput): boolean {
  const { lag, ring, now, allowedLag = 0, unattendedSince = null } = input;
  if (lag === null || lag <= allowedLag || unattendedSince === null) return false;
  const last = ring.commits.at(-1) ?? ring.ownWrite;
  const since = Math.max(unattendedSince, last?.at ?? unattendedSince);
  const allowedMs = Math.max(singleCommitSpanMs, silenceAllowedMs(ring.commits));
  return (
    now - since > allowedMs && !wasLevel(last?.sequenceNumber ?? null, input.lowestLastEnqueued, allowedLag)
  );
}

function statusByRules(input: PartitionStatusInput): Status {
  const { lag, lagState, ring, now, allowedLag = 0 } = input;
  const { commits } = ring;
  if (lag === null || (lagState === "noCheckpoint" && lag > 0)) return "unknown";
  if (lag <= allowedLag) return "ok";
  const newest = commits.at(-1);
  // After a reset, what the dashboard wrote is what the processors are silent since.
  const last = newest ?? ring.ownWrite;
  if (last === null) return "unknown";

  const isSilent = now - last.at > silenceAllowedMs(commits);
  if (isSilent && !wasLevel(last.sequenceNumber, input.lowestLastEnqueued, allowedLag)) return "stop";
  if (isRewound(commits)) return "rewind";
  if (commits.some((commit) => commit.lag !== null && commit.lag <= allowedLag)) return "ok";
  if (newest === undefined || commits.length === 1) return "unknown";
  if (commits.every(({ sequenceNumber }) => sequenceNumber === newest.sequenceNumber)) return "stall";
  const lags = commits.flatMap(({ lag: known }) => (known === null ? [] : [known]));
  if (lags.length < 2) return "unknown";
  return isFalling(lags) ? "ok" : "warn";
}

export interface SeenInWindow {
  positions: PositionRing;
  ring: CommitRing;
  /** By the clock of the positions' times: this machine's. */
  now: EpochMs;
  refreshMs: number;
  /** The newest event of the partition, as the service tells it. Null: there is none. */
  lastEvent: { sequenceNumber: number; enqueuedAt: EpochMs } | null;
}

/**
 * The smallest last-enqueued value "seen in the window", which reaches back from `now` over the ring's span, and
 * over a few refreshes at least. What was seen last before the window holds at its start: of a time in which
 * nobody looked it can't be said that the group was not level. Null where nothing was seen.
 */
export function lowestLastEnqueued({
  positions,
  ring,
  now,
  refreshMs,
  lastEvent,
}: SeenInWindow): number | null {
  const since = now - Math.max(silenceAllowedMs(ring.commits), minRefreshesSeen * refreshMs);
  // Values only rise within a ring: the first one that counts is its smallest.
  const first = Math.max(0, positions.indexAfter(since) - 1);
  const lowest = positions.size === 0 ? null : positions.sequenceNumberAt(first);
  // Until the newest event came, the one before it was the last: known also where nobody looked yet.
  if (lastEvent === null || lastEvent.enqueuedAt < since) return lowest;
  return Math.min(lowest ?? lastEvent.sequenceNumber, lastEvent.sequenceNumber - 1);
}

const severity: readonly Status[] = ["ok", "warn", "stall", "rewind", "stop"];

/** As bad as the worst that is known. What is not known is never taken for good: `ok` only where all of them are. */
export function groupStatus(statuses: Iterable<Status>): Status {
  let worst = -1;
  let isAllKnown = true;
  for (const status of statuses) {
    worst = Math.max(worst, severity.indexOf(status));
    if (status === "unknown") isAllKnown = false;
  }
  const known = severity[worst];
  return known === undefined || (known === "ok" && !isAllKnown) ? "unknown" : known;
}

/**
 * What the commits span, without the stretches in which nobody looked: an outage of the dashboard's is no rhythm of
 * the group's.
 */
function silenceAllowedMs(commits: readonly Commit[]): number {
  const watchedMs = watchedSteps(commits).reduce((sum, step) => sum + step, 0);
  const hasSuccessor = commits.some(({ blindMs }, index) => index > 0 && blindMs === 0);
  return hasSuccessor ? watchedMs : Math.max(singleCommitSpanMs, watchedMs);
}

function wasLevel(position: number | null, lowest: number | null, allowedLag: number): boolean {
  return position !== null && lowest !== null && lowest <= position + allowedLag;
}

/** The last commit that lies before its predecessor, with no later one that reaches that predecessor again. */
export function findRewind(commits: readonly Commit[]): { from: Commit; to: Commit } | null {
  for (let index = commits.length - 1; index > 0; index -= 1) {
    const [from, to] = [commits[index - 1], commits[index]];
    if (from === undefined || to === undefined || to.sequenceNumber >= from.sequenceNumber) continue;
    if (!commits.slice(index + 1).some((later) => later.sequenceNumber >= from.sequenceNumber)) {
      return { from, to };
    }
  }
  return null;
}

function isRewound(commits: readonly Commit[]): boolean {
  return findRewind(commits) !== null;
}

function isFalling(lags: readonly number[]): boolean {
  return lags.some((lag, index) => lag < (lags[index - 1] ?? 0));
}
