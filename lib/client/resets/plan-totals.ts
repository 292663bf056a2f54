import type { ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import type { Given } from "./alike.ts";

/** What a plan does with a partition. */
export type Fate = "moves" | "blocked";

export function fateOf({
  target,
  blockedBy,
  removes,
  cleans,
}: Pick<ResetPlanEntry, "target" | "blockedBy" | "removes" | "cleans">): Fate {
  const isDone = target !== null || removes === true || cleans !== undefined;
  return blockedBy !== null || !isDone ? "blocked" : "moves";
}

/** Every partition that a plan was asked for, those on which nothing would change as well. */
export function askedPartitions({
  entries,
  unchangedPartitions,
}: Pick<ResetPlan, "entries" | "unchangedPartitions">): string[] {
  const ids = [...entries.map(({ partitionId }) => partitionId), ...unchangedPartitions];
  return ids.toSorted(byNumber.compare);
}

const byNumber = new Intl.Collator("en", { numeric: true });

export type Edge = NonNullable<ResetPlanEntry["clampedTo"]>;

export interface PlanTotals extends Record<Fate, number> {
  all: number;
  /** On which nothing would change. */
  stays: number;
  /** Sums of what is known of the partitions that move. */
  replays: number;
  skips: number;
  processedSince: number;
  /** Partitions that move and of which one of both is not known. */
  uncounted: number;
  /** Of those that move, those whose target lies outside of the stream, by the end that they are taken to. */
  clamped: Record<Edge, number>;
  /** Of those that stay, those that do so since they can't go further. */
  held: number;
  /** Events that had left the stream before the group read them. */
  lost: number;
}

export function planTotals({
  entries,
  unchanged,
  unchangedAtEdge,
}: Pick<ResetPlan, "entries" | "unchanged" | "unchangedAtEdge">): PlanTotals {
  const totals: PlanTotals = {
    all: entries.length + unchanged,
    moves: 0,
    stays: unchanged,
    blocked: 0,
    uncounted: 0,
    replays: 0,
    skips: 0,
    processedSince: 0,
    clamped: { earliest: 0, latest: 0 },
    held: unchangedAtEdge,
    lost: 0,
  };
  for (const entry of entries) {
    const fate = fateOf(entry);
    totals[fate] += 1;
    totals.lost += lostBefore(entry) ?? 0;
    if (fate !== "moves") continue;
    if (entry.clampedTo !== null) totals.clamped[entry.clampedTo] += 1;
    totals.replays += entry.replays ?? 0;
    totals.skips += entry.skips ?? 0;
    totals.processedSince += entry.processedSince ?? 0;
    if (entry.replays === null || entry.skips === null) totals.uncounted += 1;
  }
  return totals;
}

/**
 * Events between a partition's checkpoint and the first one that its group can still read; null where that is not
 * known. What is read again or skipped is counted from there, so it is what the way to the target lacks.
 */
export function lostBefore({
  current: there,
  source,
  target,
  replays,
  skips,
}: ResetPlanEntry): number | null {
  // A move counts from what is moved, not from what it replaces.
  const current = source === undefined ? there : source;
  // Numbers of another hub can't be subtracted.
  if (current === null || source?.hub !== undefined || target === null || replays === null || skips === null)
    return null;
  // A checkpoint at the start of the stream means whatever that is, and has missed nothing.
  if (current.offset === "-1") return 0;
  if (current.sequenceNumber === null) return null;
  return Math.max(0, target.sequenceNumber - current.sequenceNumber + replays - skips);
}

/** The plan as it would be if nobody were in the way of the partitions whose target is known. */
export function unblocked(plan: ResetPlan): ResetPlan {
  const entries = plan.entries.map((entry) =>
    entry.target === null ? entry : { ...entry, blockedBy: null },
  );
  return { ...plan, entries };
}

/** Why partitions are left alone. */
export function blocksOf({ entries }: Pick<ResetPlan, "entries">): Given[] {
  return entries.flatMap(({ partitionId, blockedBy }) =>
    blockedBy === null ? [] : [{ partitionId, reason: blockedBy }],
  );
}

/** What a person should know of partitions that move, besides what the totals say. */
export function warningsOf({ entries }: Pick<ResetPlan, "entries">): Given[] {
  return entries.flatMap((entry) =>
    fateOf(entry) === "moves"
      ? entry.warnings
          // The totals tell how many were lost on all partitions.
          .filter(({ code }) => code !== "eventsLost")
          .map((reason) => ({ partitionId: entry.partitionId, reason }))
      : [],
  );
}
