import type { EpochMs } from "#lib/core/time.ts";

const ringSize = 10;
/** Who has not looked for longer has missed commits, so what comes next is no successor of what was seen last. */
const blindMs = 60 * 60_000;

/** One write of a checkpoint. */
export interface Commit {
  sequenceNumber: number;
  /** The blob's Last-Modified. */
  at: EpochMs;
  /** The partition's lag when the commit was first seen; null where it was not known. */
  lag: number | null;
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
 * Adds a commit, if it is one: only a new Last-Modified is (facts section 3), polling alone is not. The first
 * look at a blob is its first commit. An older Last-Modified is another blob's, and starts anew, as does
 * whatever comes after a long time without a look.
 * @param blindForMs since the look before; null: there was none
 */
export function addCommit(ring: CommitRing, commit: Commit, blindForMs: number | null = null): CommitRing {
  const { lastModified, ownWrite } = ring;
  if (lastModified === commit.at || (ownWrite !== null && commit.at <= ownWrite.at)) return ring;
  const isOlder = lastModified !== null && commit.at < lastModified;
  const commits = isOlder || (blindForMs ?? 0) > blindMs ? [] : ring.commits;
  return { commits: [...commits.slice(1 - ringSize), commit], lastModified: commit.at, ownWrite };
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

/** Longer than any handler is worth to be waited for. */
const longestBusySeconds = 300;

/**
 * The largest time between two commits that was spent on work: after a commit that left events unread. Null: none
 * was seen. At most 5 minutes.
 */
export function largestBusySeconds({ commits }: CommitRing): number | null {
  const busy = commits.flatMap(({ at }, index) => {
    const before = commits[index - 1];
    return before !== undefined && (before.lag ?? 0) > 0 ? [(at - before.at) / 1000] : [];
  });
  return busy.length === 0 ? null : Math.min(longestBusySeconds, Math.max(...busy));
}

/** One ring of two that saw the same blob, at other times. */
export function mergeCommits(a: CommitRing, b: CommitRing): CommitRing {
  const commits = new Map([...a.commits, ...b.commits].map((commit) => [commit.at, commit]));
  const merged: CommitRing = {
    commits: [...commits.values()].sort((one, other) => one.at - other.at).slice(-ringSize),
    lastModified: latest(a.lastModified, b.lastModified),
    ownWrite: null,
  };
  return [a.ownWrite, b.ownWrite].reduce(
    (ring, ownWrite) => (ownWrite === null ? ring : clearCommits(ring, ownWrite)),
    merged,
  );
}

function latest(a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
