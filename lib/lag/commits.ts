import type { EpochMs } from "#lib/core/time.ts";
import { mergeProgress, type Progress, progressOver } from "./progress.ts";

const ringSize = 10;

export interface Commit {
  sequenceNumber: number;
  at: EpochMs;
  lag: number | null;
  blindMs: number | null;
}

export interface OwnWrite {
  sequenceNumber: number | null;
  at: EpochMs;
}

export interface CommitRing {
  readonly commits: readonly Commit[];
  readonly lastModified: EpochMs | null;
  readonly ownWrite: OwnWrite | null;
  /** Outlives the commits: of a group that stands at one position they soon are all from after it. */
  readonly progress: Progress | null;
}

export const noCommits: CommitRing = { commits: [], lastModified: null, ownWrite: null, progress: null };

/**
 * Adds a commit if Last-Modified is new (lib/lag/README.md#status). The first observation of a blob is its first
 * commit. An older Last-Modified means another blob and starts anew. Last-Modified has whole seconds: if the
 * position moves within one, the newest commit moves.
 */
export function addCommit(ring: CommitRing, commit: Commit): CommitRing {
  const { lastModified, ownWrite } = ring;
  if (ownWrite !== null && commit.at <= ownWrite.at) return ring;
  if (lastModified === commit.at) return correctNewest(ring, commit);
  const isOlder = lastModified !== null && commit.at < lastModified;
  const commits = isOlder ? [] : ring.commits;
  const from = isOlder ? null : (commits.at(-1) ?? ownWrite)?.sequenceNumber;
  const progress = progressOver([commit], from ?? null, ring.progress);
  return { commits: [...commits.slice(1 - ringSize), commit], lastModified: commit.at, ownWrite, progress };
}

function correctNewest(ring: CommitRing, { at, sequenceNumber, lag }: Commit): CommitRing {
  const newest = ring.commits.at(-1);
  if (newest === undefined || newest.at !== at || newest.sequenceNumber === sequenceNumber) return ring;
  const progress = sequenceNumber > newest.sequenceNumber ? { at, isExact: true } : ring.progress;
  return { ...ring, commits: [...ring.commits.slice(0, -1), { ...newest, sequenceNumber, lag }], progress };
}

/** Forgets commits before a dashboard's checkpoint: a reset is neither rewind nor commit. */
export function clearCommits(ring: CommitRing, ownWrite: OwnWrite): CommitRing {
  if (ring.ownWrite !== null && ring.ownWrite.at >= ownWrite.at) return ring;
  const commits = ring.commits.filter(({ at }) => at > ownWrite.at);
  const isAfter = ring.progress !== null && ring.progress.at > ownWrite.at;
  return {
    commits,
    lastModified: Math.max(ring.lastModified ?? ownWrite.at, ownWrite.at),
    ownWrite,
    progress: isAfter
      ? ring.progress
      : progressOver(commits, ownWrite.sequenceNumber, { at: ownWrite.at, isExact: true }),
  };
}

/** Of two such checkpoints within one second of Last-Modified the one that was listed counts. */
export function clearCommitsBeforeListed(ring: CommitRing, listed: OwnWrite): CommitRing {
  const { ownWrite } = ring;
  const isOther = ownWrite?.at === listed.at && ownWrite.sequenceNumber !== listed.sequenceNumber;
  return isOther ? { ...ring, ownWrite: listed } : clearCommits(ring, listed);
}

/** A dashboard's own checkpoint is dropped, too. */
export function dropCommitsBefore(ring: CommitRing, time: EpochMs): CommitRing {
  const commits = ring.commits.filter(({ at }) => at >= time);
  const ownWrite = ring.ownWrite !== null && ring.ownWrite.at < time ? null : ring.ownWrite;
  const isBefore = ring.progress !== null && ring.progress.at < time;
  const progress = isBefore ? progressOver(commits.slice(0, 1), null, null) : ring.progress;
  const isSame = commits.length === ring.commits.length && ownWrite === ring.ownWrite && !isBefore;
  return isSame ? ring : { ...ring, commits, ownWrite, progress };
}

/**
 * Returns how long nobody watched right before a commit, so that others may have gone unseen. 0 if observations were
 * regular, null before the first observation.
 * @param observedAt the last observation before the one that saw the commit, by the same clock as `at`
 * @param longestGapMs observations no further apart than this miss nothing
 */
export function blindMsBefore(at: EpochMs, observedAt: EpochMs | null, longestGapMs: number): number | null {
  if (observedAt === null) return null;
  return at - observedAt > longestGapMs ? at - observedAt : 0;
}

/**
 * The watched milliseconds between consecutive commits: the group's rhythm without the dashboard's outages.
 * One fewer than there are commits.
 */
export function watchedSteps(commits: readonly Commit[]): number[] {
  return commits.slice(1).map(({ at, blindMs }, index) => {
    const step = at - (commits[index]?.at ?? at);
    return Math.max(0, step - (blindMs ?? step));
  });
}

const longestBusySeconds = 300;

/**
 * The longest watched time between two commits while events waited, at most 300 seconds. Null: none seen.
 * @param since when the present owner came; null: not known, or nobody owns it. What begins before it is no one's
 * working time.
 */
export function largestBusySeconds({ commits }: CommitRing, since: EpochMs | null): number | null {
  const busy = watchedSteps(commits).filter((ms, index) => {
    const { lag = 0, at = 0 } = commits[index] ?? {};
    return ms > 0 && (lag ?? 0) > 0 && (since === null || at >= since);
  });
  return busy.length === 0 ? null : Math.min(longestBusySeconds, Math.max(...busy) / 1000);
}

/**
 * Merges two rings that saw the same blob at different times. Only what neither watched stays blind. Within
 * one second the further position wins, since it probably came later.
 */
export function mergeCommits(a: CommitRing, b: CommitRing): CommitRing {
  const byTime = new Map<EpochMs, Commit>();
  for (const commit of [...a.commits, ...b.commits]) {
    const other = byTime.get(commit.at) ?? commit;
    const newer = other.sequenceNumber > commit.sequenceNumber ? other : commit;
    byTime.set(commit.at, { ...newer, blindMs: smallest(other.blindMs, commit.blindMs) });
  }
  const all = [...byTime.values()].sort((one, other) => one.at - other.at);
  const commits = all.map((commit, index) => {
    const before = all[index - 1];
    return before === undefined
      ? commit
      : { ...commit, blindMs: smallest(commit.blindMs, commit.at - before.at) };
  });
  const merged: CommitRing = {
    commits: commits.slice(-ringSize),
    lastModified: latest(a.lastModified, b.lastModified),
    ownWrite: null,
    progress: mergeProgress(commits, a.progress, b.progress),
  };
  return [a.ownWrite, b.ownWrite].reduce(
    (ring, ownWrite) => (ownWrite === null ? ring : clearCommits(ring, ownWrite)),
    merged,
  );
}

function smallest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function latest(a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
