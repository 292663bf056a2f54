import type { EpochMs } from "#lib/core/time.ts";
import { type CommitRing, clearCommits, mergeCommits, noCommits, type OwnWrite } from "#lib/lag/commits.ts";
import { mergePositions, PositionRing } from "#lib/lag/positions.ts";
import { rateWindowMs } from "#lib/lag/rates.ts";

/** What is remembered of a group on one partition between refreshes. */
export interface GroupPartitionMemory {
  commits: CommitRing;
  /** Where its checkpoint stood when, by the store's clock. */
  checkpoints: PositionRing;
  /** Consecutive refreshes in which the checkpoint was past a `last` that did not change. */
  aheadFor: number;
  lastEnqueued: number | null;
  /** When its checkpoint was last looked for, by the store's clock; null: never. */
  lookedAt: EpochMs | null;
}

/** Pairs that hold the rates' window: a checkpoint's reading adds up to two at each refresh. */
function checkpointCapacity(refreshMs: number): number {
  return Math.min(360, 8 + 2 * Math.ceil(rateWindowMs / refreshMs));
}

export function newPartitionMemory(refreshMs: number): GroupPartitionMemory {
  const checkpoints = new PositionRing(checkpointCapacity(refreshMs));
  return { commits: noCommits, checkpoints, aheadFor: 0, lastEnqueued: null, lookedAt: null };
}

/** Forgets what was before a checkpoint that a dashboard wrote: what a reset jumped over was not processed either. */
export function noteOwnWrite(memory: GroupPartitionMemory, ownWrite: OwnWrite): void {
  const cleared = clearCommits(memory.commits, ownWrite);
  if (cleared === memory.commits) return;
  memory.commits = cleared;
  memory.checkpoints.clear();
}

/** Takes in commits that the history holds, beside those that were seen meanwhile. */
export function recallPartition(
  memory: GroupPartitionMemory,
  ring: CommitRing,
  lastAt: EpochMs | null,
  refreshMs: number,
): void {
  if (ring.ownWrite !== null) noteOwnWrite(memory, ring.ownWrite);
  memory.commits = mergeCommits(ring, memory.commits);
  const recalled = new PositionRing();
  for (const { sequenceNumber, at } of ring.commits) recalled.add(sequenceNumber, at);
  memory.checkpoints = mergePositions(recalled, memory.checkpoints, checkpointCapacity(refreshMs));
  // Whoever looked last: this dashboard, or another one meanwhile.
  if (lastAt !== null) memory.lookedAt = Math.max(memory.lookedAt ?? lastAt, lastAt);
}
