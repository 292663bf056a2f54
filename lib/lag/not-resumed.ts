import { isProcessor } from "#lib/core/holding-owner.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { type CommitRing, watchedSteps } from "./commits.ts";

/** Silence of five minutes is a status of its own (lib/lag/README.md#status). */
const longestMs = 5 * 60_000;
/** A processor that has just claimed a partition attaches first, and its first batch is larger than others. */
const leastMs = 60_000;
const periods = 2;

/**
 * Since when processors own a partition on which no checkpoint has followed a dashboard's own write of `writtenAt`.
 * It goes on from owner to owner: one that crashes again and again does not begin anew each time.
 */
export interface ResumeWait {
  readonly writtenAt: EpochMs;
  readonly at: EpochMs;
}

export function observeResume(
  before: ResumeWait | null,
  { commits, ownWrite }: CommitRing,
  owner: { ownerId: string; state: string } | null,
  now: EpochMs,
): ResumeWait | null {
  const isOwned = owner?.state === "active" && isProcessor(owner.ownerId);
  if (ownWrite === null || commits.length > 0 || !isOwned) return null;
  return before?.writtenAt === ownWrite.at ? before : { writtenAt: ownWrite.at, at: now };
}

/** The longest watched time between two commits, busy or not: after it a checkpoint is due. Null: none seen. */
export function longestStepMs({ commits }: CommitRing): number | null {
  const steps = watchedSteps(commits).filter((ms) => ms > 0);
  return steps.length === 0 ? null : Math.max(...steps);
}

/**
 * True once the first checkpoint after a dashboard's own write is overdue: both the owner and the first unread event
 * have waited for twice the group's longest usual time between checkpoints, a minute at least. A group of which no
 * such time is known, or a long one, is not told from a stopped one before the status does.
 * @param usualMs the longest known of any of the group's partitions
 */
export function isResumeOverdue(
  wait: ResumeWait,
  waitedMs: number,
  now: EpochMs,
  usualMs: number | null,
): boolean {
  const allowedMs = usualMs === null ? longestMs : Math.min(longestMs, Math.max(leastMs, periods * usualMs));
  return Math.min(now - wait.at, waitedMs) > allowedMs;
}
