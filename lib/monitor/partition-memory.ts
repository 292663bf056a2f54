import type { Status } from "#lib/api/status.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { RememberedPartition } from "#lib/history/remembered/partition-codec.ts";
import { type CheckpointMemory, isPlain, recallCheckpoint } from "#lib/lag/checkpoint-memory.ts";
import {
  blindMsBefore,
  type Commit,
  type CommitRing,
  clearCommits,
  clearCommitsBeforeListed,
  dropCommitsBefore,
  mergeCommits,
  noCommits,
  type OwnWrite,
} from "#lib/lag/commits.ts";
import { type LossWatch, mergeLosses } from "#lib/lag/lost-events.ts";
import { longestStepMs, type ResumeWait } from "#lib/lag/not-resumed.ts";
import { noWorkingTime, type WorkingTime } from "#lib/lag/pace/working-time.ts";
import { mergePositions, PositionRing } from "#lib/lag/positions.ts";
import { rateWindowMs } from "#lib/lag/rates.ts";
import type { OwnerArrival } from "#lib/ownership/owner-arrival.ts";
import { type OwnerObservation, recallOwner } from "#lib/ownership/owner-observation.ts";

/** More than this many refreshes apart, nobody watched in between. */
const gapRefreshes = 3;
/** No rate is taken across a longer unwatched time. */
const longestRatedGapMs = 60 * 60_000;

/**
 * `checkpoints`, `observedAt` and `watchedSince` are by the store's clock; the last two are null if no
 * checkpoint was ever observed. No write since `watchedSince` went unseen. `unreadFor` counts the unread
 * refreshes since `lastStatus`. `stepMs`: the longest time between commits before the last own write.
 */
export interface GroupPartitionMemory {
  commits: CommitRing;
  checkpoints: PositionRing;
  checkpoint: CheckpointMemory | null;
  owner: OwnerObservation | null;
  arrival: OwnerArrival | null;
  lastStatus: Status | null;
  unreadFor: number;
  observedAt: EpochMs | null;
  watchedSince: EpochMs | null;
  working: WorkingTime;
  losses: LossWatch | null;
  resume: ResumeWait | null;
  stepMs: number | null;
}

/** Pairs in the rates' window: a checkpoint adds up to two per refresh. */
function checkpointCapacity(refreshMs: number): number {
  return Math.min(360, 8 + 2 * Math.ceil(rateWindowMs / refreshMs));
}

export function newPartitionMemory(refreshMs: number): GroupPartitionMemory {
  const checkpoints = new PositionRing(checkpointCapacity(refreshMs));
  const times = { observedAt: null, watchedSince: null };
  const seen = {
    checkpoint: null,
    owner: null,
    arrival: null,
    lastStatus: null,
    unreadFor: 0,
    working: noWorkingTime,
    losses: null,
    resume: null,
    stepMs: null,
  };
  return { commits: noCommits, checkpoints, ...seen, ...times };
}

/** @param blindMs how long nobody watched before the checkpoint was written: `blindMsBefore` */
export function noteObservation(memory: GroupPartitionMemory, at: EpochMs, blindMs: number | null): void {
  if (blindMs !== 0) memory.watchedSince = null;
  memory.watchedSince ??= at;
  memory.observedAt = at;
}

export function longestGapMs(refreshMs: number): number {
  return Math.max(rateWindowMs, watchedGapMs(refreshMs));
}

export function watchedGapMs(refreshMs: number): number {
  return gapRefreshes * refreshMs;
}

export function isUnrated({ blindMs }: Pick<Commit, "blindMs">): boolean {
  return (blindMs ?? 0) > longestRatedGapMs;
}

/** Forgets what precedes a dashboard's own checkpoint: events that a reset jumps over are not processed. */
export function noteOwnWrite(memory: GroupPartitionMemory, ownWrite: OwnWrite): void {
  forgetCleared(memory, clearCommits(memory.commits, ownWrite));
}

/** The same of one that stands in the store now. */
export function noteListedOwnWrite(memory: GroupPartitionMemory, listed: OwnWrite): void {
  forgetCleared(memory, clearCommitsBeforeListed(memory.commits, listed));
}

function forgetCleared(memory: GroupPartitionMemory, cleared: CommitRing): void {
  if (cleared === memory.commits) return;
  memory.stepMs = longestStepMs(memory.commits) ?? memory.stepMs;
  memory.commits = cleared;
  memory.checkpoints.clear();
}

export function forgetBefore(memory: GroupPartitionMemory, createdOn: EpochMs): void {
  memory.commits = dropCommitsBefore(memory.commits, createdOn);
  if (memory.checkpoints.timeAt(0) < createdOn) memory.checkpoints.clear();
  if (memory.losses !== null && memory.losses.since < createdOn) memory.losses = null;
  if (memory.checkpoint !== null && memory.checkpoint.updatedAt < createdOn) memory.checkpoint = null;
  if (memory.owner !== null && memory.owner.at < createdOn) memory.owner = null;
}

export function recallLosses(memory: GroupPartitionMemory, recalled: LossWatch): void {
  memory.losses = mergeLosses(recalled, memory.losses);
}

export function recallPartition(
  memory: GroupPartitionMemory,
  ring: CommitRing,
  lastAt: EpochMs | null,
  refreshMs: number,
): void {
  if (ring.ownWrite !== null) noteOwnWrite(memory, ring.ownWrite);
  memory.commits = mergeCommits(ring, followOn(memory.commits, lastAt, refreshMs));
  const recalled = new PositionRing();
  let before: Commit | null = null;
  for (const commit of memory.commits.commits) {
    if (isUnrated(commit)) recalled.clear();
    // Somebody watched and saw the one before still standing.
    else if (before !== null && commit.blindMs === 0 && commit.at - before.at > longestGapMs(refreshMs))
      recalled.add(before.sequenceNumber, commit.at - longestGapMs(refreshMs));
    recalled.add(commit.sequenceNumber, commit.at);
    before = commit;
  }
  memory.checkpoints = mergePositions(recalled, memory.checkpoints, checkpointCapacity(refreshMs));
  if (lastAt !== null) memory.observedAt = Math.max(memory.observedAt ?? lastAt, lastAt);
}

export function toRemember({ checkpoint, owner }: GroupPartitionMemory): RememberedPartition | null {
  // With a checkpoint the owner's arrival does not matter.
  const kept = {
    checkpoint: checkpoint === null || isPlain(checkpoint) ? null : checkpoint,
    owner: checkpoint === null ? owner : null,
  };
  return kept.checkpoint === null && kept.owner === null ? null : kept;
}

export function recallObservations(memory: GroupPartitionMemory, recalled: RememberedPartition): void {
  if (recalled.checkpoint !== null)
    memory.checkpoint = recallCheckpoint(recalled.checkpoint, memory.checkpoint);
  if (recalled.owner !== null) memory.owner = recallOwner(recalled.owner, memory.owner);
}

/** Treats a commit of the first observation as the successor of another dashboard's last observation. */
function followOn(ring: CommitRing, lastAt: EpochMs | null, refreshMs: number): CommitRing {
  const commits = ring.commits.map((commit) =>
    commit.blindMs === null && lastAt !== null && commit.at > lastAt
      ? { ...commit, blindMs: blindMsBefore(commit.at, lastAt, longestGapMs(refreshMs)) }
      : commit,
  );
  return { ...ring, commits };
}
