import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import type { LagState } from "#lib/api/status.ts";
import { unreadSources } from "./first-reading.ts";
import { isLosing } from "./losses.ts";
import { isMatterOfTime } from "./status-words.ts";

/** For figures that only need time: an idle partition's rate comes after a minute, a status with checkpoints. */
export const ratesNeedTime = "needs a minute of refreshes";
export const needsCheckpoints = "needs more checkpoints";
const noCheckpointYet = "no checkpoint yet";

const unexplained = "not known";
export const unread = "not read yet";

/** No rate crosses events that were deleted, so checkpoints among them give none, however many come. */
const overtaken = "retention has overtaken it";

const causes: Partial<Record<LagState, string>> = {
  behindRetention: overtaken,
  empty: "no event has come",
  ahead: "checkpoints of another stream",
  unreadable: "checkpoints can't be read",
  unknown: "partitions can't be read",
  noCheckpoint: "no checkpoint",
};

export function whyNotKnown(group: ConsumerGroup): string {
  if (group.neverUsed) return "never used";
  if (group.goneSince !== null) return "its blobs are deleted";
  if (group.observedAt === null) return unread;
  if (isMatterOfTime(group)) {
    if (group.eventsInPerSecond === null) return ratesNeedTime;
    return isLosing(group) ? overtaken : needsCheckpoints;
  }
  return causes[group.statusCause ?? "ok"] ?? unexplained;
}

/** The same for the rate out, which is measured between checkpoints. */
export function whyNoRateOut(group: ConsumerGroup): string {
  const why = whyNotKnown(group);
  if (why !== unexplained && why !== needsCheckpoints) return why;
  if (group.lastCheckpointAt === null) return noCheckpointYet;
  return isLosing(group) ? overtaken : needsCheckpoints;
}

/** A tooltip for a dash. Null when there is nothing to add to it. */
export function whyDash(why: string): string | null {
  return why === unexplained ? null : `Not known: ${why}.`;
}

/** Why there are no groups to count, or none that was read. Null where one was. */
export function whyNoGroups(groups: readonly ConsumerGroup[], hubs: readonly EventHub[]): string | null {
  if (groups.some(({ observedAt }) => observedAt !== null)) return null;
  return groups.length > 0 || unreadSources(hubs).length > 0 ? unread : "no groups";
}

export function whyNoneIsKnown(groups: readonly ConsumerGroup[]): string {
  const reasons = new Set(groups.map(whyNotKnown));
  const [only] = reasons;
  if (only === undefined) return "no groups";
  return reasons.size === 1 ? only : "no group's is known";
}
