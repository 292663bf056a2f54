import type { LagState, Status } from "#lib/api/status.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { type Commit, type CommitRing, watchedSteps } from "./commits.ts";
import type { PositionRing } from "./positions.ts";

const singleCommitSpanMs = 5 * 60_000;
const leastRefreshes = 3;

export interface PartitionStatusInput {
  lag: number | null;
  lagState: LagState;
  ring: CommitRing;
  lowestLastEnqueued: number | null;
  now: EpochMs;
  allowedLag?: number;
  /** When the checkpoint of a partition without an owner was written. Null: owned, or never read. */
  unattendedSince?: EpochMs | null;
}

/**
 * A partition's status by the rules of LinkedIn's Burrow, in the order of lib/lag/README.md#status. Rules 5
 * and 6 compare two commits, rule 6 with known lags: a group seen for the first time, or the first since a
 * reset, is neither stalled nor behind. Until then it is `unknown`, or silent for too long, which after a
 * reset counts from the dashboard's own write.
 */
export function partitionStatus(input: PartitionStatusInput): Status {
  const status = statusByRules(input);
  return status === "unknown" && isLeft(input) ? "stop" : status;
}

/**
 * True when events wait on a partition that nobody owns or commits to, for five minutes or longer than its
 * usual interval. Decides only what the rules leave unknown.
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

export interface ObservedInWindow {
  positions: PositionRing;
  ring: CommitRing;
  now: EpochMs;
  refreshMs: number;
  lastEvent: { sequenceNumber: number; enqueuedAt: EpochMs } | null;
}

/**
 * The smallest last-enqueued value seen in the window, which is the first, since values only rise within a
 * ring. The window spans the commits and at least a few refreshes. The last value before it holds at its
 * start: if nobody watched, the group may have caught up. Null: nothing seen.
 */
export function lowestLastEnqueued({
  positions,
  ring,
  now,
  refreshMs,
  lastEvent,
}: ObservedInWindow): number | null {
  const since = now - Math.max(silenceAllowedMs(ring.commits), leastRefreshes * refreshMs);
  const first = Math.max(0, positions.indexAfter(since) - 1);
  const lowest = positions.size === 0 ? null : positions.sequenceNumberAt(first);
  // Before the newest event the previous one was last, known even if nobody watched.
  if (lastEvent === null || lastEvent.enqueuedAt < since) return lowest;
  return Math.min(lowest ?? lastEvent.sequenceNumber, lastEvent.sequenceNumber - 1);
}

const severity: readonly Status[] = ["ok", "warn", "stall", "rewind", "stop"];

/** The worst known status. `ok` only if all are known. */
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
 * The commits' span without stretches in which nobody watched: the dashboard's outages are not the group's
 * rhythm. At least five minutes while no two consecutive commits are known.
 */
function silenceAllowedMs(commits: readonly Commit[]): number {
  const watchedMs = watchedSteps(commits).reduce((sum, step) => sum + step, 0);
  const hasSuccessor = commits.some(({ blindMs }, index) => index > 0 && blindMs === 0);
  return hasSuccessor ? watchedMs : Math.max(singleCommitSpanMs, watchedMs);
}

function wasLevel(position: number | null, lowest: number | null, allowedLag: number): boolean {
  return position !== null && lowest !== null && lowest <= position + allowedLag;
}

/** The last commit below its predecessor that no later commit makes up for. */
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
