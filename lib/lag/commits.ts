import type { EpochMs } from "#lib/core/time.ts";

const ringSize = 10;

/** One write of a checkpoint. */
export interface Commit {
  sequenceNumber: number;
  /** The blob's Last-Modified. */
  at: EpochMs;
  /** The partition's lag when the commit was first seen; null where it was not known. */
  lag: number | null;
}

/** The last commits of a group on a partition, oldest first. Immutable. */
export interface CommitRing {
  readonly commits: readonly Commit[];
  /** The Last-Modified that was seen last, whether it counts as a commit or not. */
  readonly lastModified: EpochMs | null;
}

export const noCommits: CommitRing = { commits: [], lastModified: null };

/**
 * Adds a commit, if it is one: only a new Last-Modified is (facts section 3), polling alone is not. The first
 * look at a blob is its first commit. An older Last-Modified is another blob's, and starts anew.
 */
export function addCommit(ring: CommitRing, commit: Commit): CommitRing {
  if (ring.lastModified === commit.at) return ring;
  const isOlder = ring.lastModified !== null && commit.at < ring.lastModified;
  const commits = isOlder ? [] : ring.commits;
  return { commits: [...commits.slice(1 - ringSize), commit], lastModified: commit.at };
}

/** Forgets what was, because this dashboard wrote the checkpoint at `ownWriteAt`: a reset is no rewind. */
export function clearCommits(ownWriteAt: EpochMs): CommitRing {
  return { commits: [], lastModified: ownWriteAt };
}
