import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { LagState } from "#lib/api/status.ts";
import { isMatterOfTime } from "./status-words.ts";

/** For figures that only need time: rates come with the second refresh, a status with checkpoints. */
export const needsRefreshes = "needs two refreshes";
export const needsCheckpoints = "needs more checkpoints";

const unexplained = "not known";

const causes: Partial<Record<LagState, string>> = {
  ahead: "checkpoints of another stream",
  unreadable: "checkpoints can't be read",
  unknown: "partitions can't be read",
  noCheckpoint: "no checkpoint",
};

export function whyNotKnown(group: ConsumerGroup): string {
  if (group.neverUsed) return "never used";
  if (group.observedAt === null) return "not read yet";
  if (isMatterOfTime(group)) return group.eventsInPerSecond === null ? needsRefreshes : needsCheckpoints;
  return causes[group.statusCause ?? "ok"] ?? unexplained;
}

/** The same for the rate out, which is measured between checkpoints. */
export function whyNoRateOut(group: ConsumerGroup): string {
  const why = whyNotKnown(group);
  return why === unexplained ? needsCheckpoints : why;
}

/** A tooltip for a dash. Null when there is nothing to add to it. */
export function whyDash(why: string): string | null {
  return why === unexplained ? null : `Not known: ${why}.`;
}

export function whyNoneIsKnown(groups: readonly ConsumerGroup[]): string {
  const reasons = new Set(groups.map(whyNotKnown));
  const [only] = reasons;
  if (only === undefined) return "no groups";
  return reasons.size === 1 ? only : "no group's is known";
}
