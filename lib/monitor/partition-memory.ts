import type { Status } from "#lib/api/status.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { RememberedPartition } from "#lib/history/remembered/partition-codec.ts";
import {
  blindMsBefore,
  type Commit,
  type CommitRing,
  clearCommits,
  dropCommitsBefore,
  mergeCommits,
  noCommits,
  type OwnWrite,
} from "#lib/lag/commits.ts";
import { type LossWatch, mergeLosses } from "#lib/lag/lost-events.ts";
import { noWorkingTime, type WorkingTime } from "#lib/lag/pace/working-time.ts";
import { mergePositions, PositionRing } from "#lib/lag/positions.ts";
import { rateWindowMs } from "#lib/lag/rates.ts";
import { isPlain, recallStanding, type StandingCheckpoint } from "#lib/lag/standing-checkpoint.ts";
import { type OwnerSighting, recallOwner } from "#lib/ownership/owner-sighting.ts";

/** Looks further apart than so many refreshes have a time without a look between them. */
const gapRefreshes = 3;
/** Over a longer time without a look there is no rate. */
const longestRatedGapMs = 60 * 60_000;

/** What is remembered of a group on one partition between refreshes. */
export interface GroupPartitionMemory {
  commits: CommitRing;
  /** Where its checkpoint stood when, by the store's clock. */
  checkpoints: PositionRing;
  /** The checkpoint that stands; null: none does, or none was looked for. */
  standing: StandingCheckpoint | null;
  /** Who is at work on it; null: nobody. */
  owner: OwnerSighting | null;
  /** How it did when it was last read, and in how many refreshes after that it was not. */
  lastStatus: Status | null;
  unreadFor: number;
  /** When its checkpoint was last looked for, by the store's clock; null: never. */
  lookedAt: EpochMs | null;
  /** Since when no write of it can have gone unseen, by the store's clock; null: it was never looked for. */
  watchedSince: EpochMs | null;
  /** How long its processor works between two checkpoints. */
  working: WorkingTime;
  /** Events that it was seen to lose unread; null: nothing to count from yet. */
  losses: LossWatch | null;
}

/** Pairs that hold the rates' window: a checkpoint's reading adds up to two at each refresh. */
function checkpointCapacity(refreshMs: number): number {
  return Math.min(360, 8 + 2 * Math.ceil(rateWindowMs / refreshMs));
}

export function newPartitionMemory(refreshMs: number): GroupPartitionMemory {
  const checkpoints = new PositionRing(checkpointCapacity(refreshMs));
  const looks = { lookedAt: null, watchedSince: null };
  const seen = {
    standing: null,
    owner: null,
    lastStatus: null,
    unreadFor: 0,
    working: noWorkingTime,
    losses: null,
  };
  return { commits: noCommits, checkpoints, ...seen, ...looks };
}

/**
 * Notes a look at its checkpoint.
 * @param blindMs for how many milliseconds before it was written nobody looked: `blindMsBefore`
 */
export function noteLook(memory: GroupPartitionMemory, at: EpochMs, blindMs: number | null): void {
  if (blindMs !== 0) memory.watchedSince = null;
  memory.watchedSince ??= at;
  memory.lookedAt = at;
}

/** Two looks further apart than so many milliseconds have a time without a look between them. */
export function longestGapMs(refreshMs: number): number {
  return Math.max(rateWindowMs, gapRefreshes * refreshMs);
}

/** Whether nothing is known of how fast a commit was reached from the one before it. */
export function isUnrated({ blindMs }: Pick<Commit, "blindMs">): boolean {
  return (blindMs ?? 0) > longestRatedGapMs;
}

/** Forgets what was before a checkpoint that a dashboard wrote: what a reset jumped over was not processed either. */
export function noteOwnWrite(memory: GroupPartitionMemory, ownWrite: OwnWrite): void {
  const cleared = clearCommits(memory.commits, ownWrite);
  if (cleared === memory.commits) return;
  memory.commits = cleared;
  memory.checkpoints.clear();
}

/** Forgets what was seen of a hub that was there before this one was created under its name. */
export function forgetBefore(memory: GroupPartitionMemory, createdOn: EpochMs): void {
  memory.commits = dropCommitsBefore(memory.commits, createdOn);
  if (memory.checkpoints.timeAt(0) < createdOn) memory.checkpoints.clear();
  if (memory.losses !== null && memory.losses.since < createdOn) memory.losses = null;
  if (memory.standing !== null && memory.standing.updatedAt < createdOn) memory.standing = null;
  if (memory.owner !== null && memory.owner.at < createdOn) memory.owner = null;
}

/** Takes in the losses that the history holds, beside those that were seen meanwhile. */
export function recallLosses(memory: GroupPartitionMemory, recalled: LossWatch): void {
  memory.losses = mergeLosses(recalled, memory.losses);
}

/** Takes in commits that the history holds, beside those that were seen meanwhile. */
export function recallPartition(
  memory: GroupPartitionMemory,
  ring: CommitRing,
  lastAt: EpochMs | null,
  refreshMs: number,
): void {
  if (ring.ownWrite !== null) noteOwnWrite(memory, ring.ownWrite);
  memory.commits = mergeCommits(ring, followOn(memory.commits, lastAt, refreshMs));
  const recalled = new PositionRing();
  for (const commit of memory.commits.commits) {
    if (isUnrated(commit)) recalled.clear();
    recalled.add(commit.sequenceNumber, commit.at);
  }
  memory.checkpoints = mergePositions(recalled, memory.checkpoints, checkpointCapacity(refreshMs));
  // Whoever looked last: this dashboard, or another one meanwhile.
  if (lastAt !== null) memory.lookedAt = Math.max(memory.lookedAt ?? lastAt, lastAt);
}

/** What of it a restart is to find again; null: nothing. */
export function toRemember({ standing, owner }: GroupPartitionMemory): RememberedPartition | null {
  // With a checkpoint nobody asks since when the partition has its owner.
  const kept = {
    standing: standing === null || isPlain(standing) ? null : standing,
    owner: standing === null ? owner : null,
  };
  return kept.standing === null && kept.owner === null ? null : kept;
}

/** Takes in what a restart finds again. */
export function recallSightings(memory: GroupPartitionMemory, recalled: RememberedPartition): void {
  if (recalled.standing !== null) memory.standing = recallStanding(recalled.standing, memory.standing);
  if (recalled.owner !== null) memory.owner = recallOwner(recalled.owner, memory.owner);
}

/** What was seen at the first look, as what follows on somebody else's last. */
function followOn(ring: CommitRing, lastAt: EpochMs | null, refreshMs: number): CommitRing {
  const commits = ring.commits.map((commit) =>
    commit.blindMs === null && lastAt !== null && commit.at > lastAt
      ? { ...commit, blindMs: blindMsBefore(commit.at, lastAt, longestGapMs(refreshMs)) }
      : commit,
  );
  return { ...ring, commits };
}
