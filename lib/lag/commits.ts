import type { EpochMs } from "#lib/core/time.ts";

const ringSize = 10;

/** One write of a checkpoint. */
export interface Commit {
  sequenceNumber: number;
  /** The blob's Last-Modified. */
  at: EpochMs;
  /** The partition's lag when the commit was first seen; null where it was not known, or that was long after it. */
  lag: number | null;
  /** For how many milliseconds right before it nobody looked: `blindMsBefore`. */
  blindMs: number | null;
}

/** A checkpoint that a dashboard wrote: a reset. */
export interface OwnWrite {
  /** Null: the start of the stream. */
  sequenceNumber: number | null;
  at: EpochMs;
}

/** The last commits of a group on a partition, oldest first. Immutable. */
export interface CommitRing {
  readonly commits: readonly Commit[];
  /** The Last-Modified that was seen last, whether it counts as a commit or not. */
  readonly lastModified: EpochMs | null;
  /** Nothing from before it counts. */
  readonly ownWrite: OwnWrite | null;
}

export const noCommits: CommitRing = { commits: [], lastModified: null, ownWrite: null };

/**
 * Adds a commit, if it is one: only a new Last-Modified is (lib/lag/README.md#status), polling alone is not. The
 * first look at a blob is its first commit. An older Last-Modified is another blob's, and starts anew. Last-Modified
 * tells whole seconds: where the position moves on within one, it is the newest commit that does.
 */
export function addCommit(ring: CommitRing, commit: Commit): CommitRing {
  const { lastModified, ownWrite } = ring;
  if (ownWrite !== null && commit.at <= ownWrite.at) return ring;
  if (lastModified === commit.at) return correctNewest(ring, commit);
  const isOlder = lastModified !== null && commit.at < lastModified;
  const commits = isOlder ? [] : ring.commits;
  return { commits: [...commits.slice(1 - ringSize), commit], lastModified: commit.at, ownWrite };
}

function correctNewest(ring: CommitRing, { at, sequenceNumber, lag }: Commit): CommitRing {
  const newest = ring.commits.at(-1);
  if (newest === undefined || newest.at !== at || newest.sequenceNumber === sequenceNumber) return ring;
  return { ...ring, commits: [...ring.commits.slice(0, -1), { ...newest, sequenceNumber, lag }] };
}

/** Forgets what was before a checkpoint that a dashboard wrote: a reset is no rewind, and no commit. */
export function clearCommits(ring: CommitRing, ownWrite: OwnWrite): CommitRing {
  if (ring.ownWrite !== null && ring.ownWrite.at >= ownWrite.at) return ring;
  return {
    commits: ring.commits.filter(({ at }) => at > ownWrite.at),
    lastModified: Math.max(ring.lastModified ?? ownWrite.at, ownWrite.at),
    ownWrite,
  };
}

/** Forgets what was committed before a time, and goes on from the Last-Modified that was seen last. */
export function dropCommitsBefore(ring: CommitRing, time: EpochMs): CommitRing {
  const commits = ring.commits.filter(({ at }) => at >= time);
  return commits.length === ring.commits.length ? ring : { ...ring, commits };
}

/**
 * For how many milliseconds right before a commit nobody looked, so that others may have come in them and gone
 * unseen. 0 where looks came as they should; null where nobody had looked yet.
 * @param lookedAt the last look before the one that saw the commit, by the same clock as `at`
 * @param longestGapMs two looks no further apart than this leave nothing out
 */
export function blindMsBefore(at: EpochMs, lookedAt: EpochMs | null, longestGapMs: number): number | null {
  if (lookedAt === null) return null;
  return at - lookedAt > longestGapMs ? at - lookedAt : 0;
}

/**
 * The milliseconds between each commit and the one before it in which somebody looked, so that it is known that no
 * other came: the group's own rhythm, and not the dashboard's outages. One fewer than there are commits.
 */
export function watchedSteps(commits: readonly Commit[]): number[] {
  return commits.slice(1).map(({ at, blindMs }, index) => {
    const step = at - (commits[index]?.at ?? at);
    return Math.max(0, step - (blindMs ?? step));
  });
}

/** Longer than any handler is worth to be waited for. */
const longestBusySeconds = 300;

/**
 * The largest time between two commits that was spent on work: after a commit that left events unread, and while
 * somebody looked. Null: none was seen. At most 5 minutes.
 */
export function largestBusySeconds({ commits }: CommitRing): number | null {
  const busy = watchedSteps(commits).filter((ms, index) => ms > 0 && (commits[index]?.lag ?? 0) > 0);
  return busy.length === 0 ? null : Math.min(longestBusySeconds, Math.max(...busy) / 1000);
}

/** One ring of two that saw the same blob, at other times: only where neither looked, nobody did. */
export function mergeCommits(a: CommitRing, b: CommitRing): CommitRing {
  const byTime = new Map<EpochMs, Commit>();
  for (const commit of [...a.commits, ...b.commits]) {
    const other = byTime.get(commit.at) ?? commit;
    // Of two positions within a second the further one came later, as far as can be told.
    const newer = other.sequenceNumber > commit.sequenceNumber ? other : commit;
    byTime.set(commit.at, { ...newer, blindMs: smallest(other.blindMs, commit.blindMs) });
  }
  const all = [...byTime.values()].sort((one, other) => one.at - other.at);
  const commits = all.map((commit, index) => {
    const before = all[index - 1];
    // One that the other ring holds was seen by somebody.
    return before === undefined
      ? commit
      : { ...commit, blindMs: smallest(commit.blindMs, commit.at - before.at) };
  });
  const merged: CommitRing = {
    commits: commits.slice(-ringSize),
    lastModified: latest(a.lastModified, b.lastModified),
    ownWrite: null,
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
