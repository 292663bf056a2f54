import type { AppError } from "#lib/core/app-error.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { ActivityEntry } from "#lib/history/activity.ts";
import type { EntryRecord, ResetHead, ResetRecord } from "#lib/history/resets/reset-record.ts";

/** More partitions than this are counted only; the reset itself has them all. */
const mostListed = 64;

/** A reset was begun. */
export function begunActivity(reset: ResetRecord): ActivityEntry {
  const partitions = reset.entries.filter(({ write }) => write !== null);
  return {
    ...subjectOf(reset, reset.startedAt),
    outcome: "started",
    details: {
      ...detailsOf(reset),
      partitions: partitions.length,
      partitionIds: partitions.slice(0, mostListed).map(({ partitionId }) => partitionId),
    },
  };
}

/** A reset has ended: what came of each partition, before and after. */
export function endedActivity(reset: ResetRecord): ActivityEntry {
  return {
    ...subjectOf(reset, reset.endedAt ?? reset.startedAt),
    outcome: reset.state,
    details: { ...detailsOf(reset), message: reset.message, ...changesOf(reset.entries) },
  };
}

/** Partitions of an ended reset turned out otherwise: written over, or written after all. */
export function amendedActivity(
  reset: ResetRecord,
  partitionIds: readonly string[],
  now: EpochMs,
): ActivityEntry[] {
  const changed = reset.entries.filter(({ partitionId }) => partitionIds.includes(partitionId));
  const outcomes = [...new Set(changed.map(({ result }) => result))];
  return outcomes.map((outcome) => ({
    ...subjectOf(reset, now),
    actor: "tidemark",
    outcome,
    details: { ...detailsOf(reset), ...changesOf(changed.filter(({ result }) => result === outcome)) },
  }));
}

export interface Refusal {
  hub: string;
  group: string;
  actor: string;
  error: AppError;
  details: Record<string, unknown>;
}

/** Somebody tried to reset a group, and was refused. */
export function refusedActivity({ hub, group, actor, error, details }: Refusal, now: EpochMs): ActivityEntry {
  return {
    at: now,
    actor,
    action: "reset",
    hub,
    group,
    outcome: "refused",
    details: { code: error.code, message: error.message, ...details },
  };
}

function subjectOf(reset: ResetHead, at: EpochMs) {
  const { hub, group, actor, target } = reset;
  return { at, actor, action: target.kind === "undo" ? "undo" : "reset", hub, group };
}

function detailsOf({ id, planId, store, mode, target }: ResetHead) {
  // A target of positions names every partition, which the changes do as well.
  const named = "values" in target ? { kind: target.kind } : target;
  return { resetId: id, planId, store, mode, target: named };
}

function changesOf(entries: readonly EntryRecord[]) {
  const results: Record<string, number> = {};
  for (const { result } of entries) results[result] = (results[result] ?? 0) + 1;
  return {
    results,
    partitions: entries.slice(0, mostListed).map(({ partitionId, result, before, after, message }) => ({
      partitionId,
      result,
      before: positionOf(before),
      after: positionOf(after),
      ...(message !== null && { message }),
    })),
    partitionsNotListed: Math.max(0, entries.length - mostListed),
  };
}

function positionOf(image: { sequenceNumber: number | null; offset: string | null } | null) {
  return image === null ? null : { sequenceNumber: image.sequenceNumber, offset: image.offset };
}
