import type { Edge, RequestedTarget, ResetEntry, ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { byNumber } from "#lib/core/figures.ts";
import type { Given } from "./alike.ts";

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

export function askedPartitions({
  entries,
  unchangedPartitions,
}: Pick<ResetPlan, "unchangedPartitions"> & {
  entries: readonly Pick<ResetPlanEntry, "partitionId">[];
}): string[] {
  const ids = [...entries.map(({ partitionId }) => partitionId), ...unchangedPartitions];
  return ids.toSorted(byNumber.compare);
}

export interface PlanTotals extends Record<Fate, number> {
  all: number;
  stays: number;
  replays: number;
  skips: number;
  processedSince: number;
  uncounted: number;
  /** Moving partitions with a target outside the stream, by the end that they go to. */
  clamped: Record<Edge, number>;
  held: number;
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
 * Events between a checkpoint and the first one still readable, which replays and skips leave out. Null:
 * unknown.
 */
export function lostBefore({
  current: there,
  source,
  target,
  replays,
  skips,
}: ResetPlanEntry): number | null {
  const current = source === undefined ? there : source;
  if (current === null || source?.hub !== undefined || target === null || replays === null || skips === null)
    return null;
  // A checkpoint at the start of the stream has missed nothing.
  if (current.offset === "-1") return 0;
  if (current.sequenceNumber === null) return null;
  return Math.max(0, target.sequenceNumber - current.sequenceNumber + replays - skips);
}

/**
 * Until its wave the processor of a paused partition reads on: it has more to read again then, and less to skip. Of a
 * single event only whether it is skipped can change.
 */
export function countBound(
  { holds, ...counts }: Pick<ResetPlanEntry, "holds" | "replays" | "skips">,
  name: "replays" | "skips",
): "" | "≥" | "≤" {
  const count = counts[name] ?? 0;
  if (holds === null || count === 0) return "";
  if (name === "replays") return "≥";
  return count === 1 ? "" : "≤";
}

/** True where the sum of these entries is a bound. */
export function hasBound(
  entries: readonly Parameters<typeof countBound>[0][],
  name: "replays" | "skips",
): boolean {
  return entries.some((entry) => countBound(entry, name) !== "");
}

export function boundedCount(entry: Parameters<typeof countBound>[0], name: "replays" | "skips"): string {
  return `${countBound(entry, name)} ${formatCount(entry[name])}`.trimStart();
}

export function unblocked(plan: ResetPlan): ResetPlan {
  const entries = plan.entries.map((entry) =>
    entry.target === null ? entry : { ...entry, blockedBy: null },
  );
  return { ...plan, entries };
}

export function blocksOf({ entries }: Pick<ResetPlan, "entries">): Given[] {
  return entries.flatMap(({ partitionId, blockedBy }) =>
    blockedBy === null ? [] : [{ partitionId, reason: blockedBy }],
  );
}

export function warningsOf({ entries }: Pick<ResetPlan, "entries">): Given[] {
  return entries.flatMap((entry) =>
    fateOf(entry) === "moves"
      ? entry.warnings
          // The totals count lost events.
          .filter(({ code }) => code !== "eventsLost")
          .map((reason) => ({ partitionId: entry.partitionId, reason }))
      : [],
  );
}

/**
 * True for an undo of which some events may never have been read: the undone reset had skipped them, or nobody knows
 * what was processed since. Any other plan reads again what was read before.
 */
export function readsNew(
  { kind }: Pick<RequestedTarget, "kind">,
  entries: readonly Pick<ResetEntry, "replays" | "processedSince">[],
): boolean {
  return (
    kind === "undo" &&
    entries.some(
      ({ replays, processedSince }) => (replays ?? 0) > 0 && (processedSince ?? 0) < (replays ?? 0),
    )
  );
}
