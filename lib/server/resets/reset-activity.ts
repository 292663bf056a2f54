import { operationOf } from "#lib/api/reasons/operation.ts";
import { toWire } from "#lib/api/reasons/reason.ts";
import type { Edge, RequestedTarget, ResetPlan } from "#lib/api/resets.ts";
import type { AppError } from "#lib/core/app-error.ts";
import { type Subject, subjectDetails } from "#lib/core/subject.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { ActivityEntry } from "#lib/history/activity.ts";
import type { EntryRecord, ResetHead, ResetRecord, StopAsked } from "#lib/history/resets/reset-record.ts";
import type { PlannedPartitions } from "./planned-partitions.ts";

const mostListed = 64;

export function begunActivity(reset: ResetRecord): ActivityEntry {
  const partitions = reset.entries.filter(({ write }) => write !== null);
  return {
    ...subjectOf(reset, reset.startedAt),
    outcome: "started",
    details: {
      ...detailsOf(reset),
      ...clampsOf(reset),
      partitions: partitions.length,
      partitionIds: partitions.slice(0, mostListed).map(({ partitionId }) => partitionId),
    },
  };
}

export function endedActivity(reset: ResetRecord, planned: PlannedPartitions): ActivityEntry {
  return {
    ...subjectOf(reset, reset.endedAt ?? reset.startedAt),
    outcome: reset.state,
    details: {
      ...detailsOf(reset),
      ...clampsOf(reset),
      reason: toWire(reset.reason, operationOf(reset)),
      ...changesOf(reset, reset.entries, planned),
    },
  };
}

/**
 * Partitions of an ended reset that turned out otherwise: overwritten, or written after all. The actor is the
 * dashboard; the details name who applied the reset.
 */
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
    details: {
      ...detailsOf(reset),
      appliedBy: reset.actor,
      ...changesOf(
        reset,
        changed.filter(({ result }) => result === outcome),
      ),
    },
  }));
}

export function stopActivity(
  reset: ResetRecord,
  { when, actor, at }: StopAsked,
  caller: { subject?: Subject | null | undefined },
): ActivityEntry {
  return {
    ...subjectOf(reset, at),
    actor,
    outcome: "stopAsked",
    details: { ...detailsOf(reset), ...subjectDetails(caller), stopAsked: when, startedBy: reset.actor },
  };
}

export interface Refusal {
  hub: string;
  group: string;
  actor: string;
  error: AppError;
  planId: string;
  plan: Pick<ResetPlan, "mode" | "target"> | null;
}

export function refusedActivity(refusal: Refusal, now: EpochMs): ActivityEntry {
  const { hub, group, actor, error, planId, plan } = refusal;
  return {
    at: now,
    actor,
    action: plan === null ? "reset" : actionOf(plan.target),
    hub,
    group,
    outcome: "refused",
    details: {
      code: error.code,
      message: error.message,
      planId,
      ...(plan !== null && { mode: plan.mode, target: named(plan.target) }),
    },
  };
}

function subjectOf(reset: ResetHead, at: EpochMs) {
  const { hub, group, actor, target } = reset;
  return { at, actor, action: actionOf(target), hub, group };
}

function actionOf({ kind }: RequestedTarget): string {
  return kind === "undo" || kind === "move" || kind === "cleanup" ? kind : "reset";
}

function detailsOf({ id, planId, store, mode, target, subject }: ResetHead) {
  return { resetId: id, planId, store, mode, target: named(target), ...subjectDetails({ subject }) };
}

/** How many go to an end of the stream, since it does not have their target. An undo tells by its changes. */
function clampsOf({ target, entries }: ResetRecord) {
  if (target.kind === "undo") return {};
  const count = (end: Edge) => entries.filter(({ write }) => write?.clampedTo === end).length;
  const [earliest, latest] = [count("earliest"), count("latest")];
  return earliest + latest === 0 ? {} : { clamped: { earliest, latest, all: entries.length } };
}

/** Leaves out a target's positions, since the changes list every partition. */
function named(target: RequestedTarget) {
  return "values" in target ? { kind: target.kind } : target;
}

function changesOf(
  reset: ResetRecord,
  entries: readonly EntryRecord[],
  planned: PlannedPartitions = new Map(),
) {
  const operation = operationOf(reset);
  const results: Record<string, number> = {};
  for (const { result } of entries) results[result] = (results[result] ?? 0) + 1;
  return {
    results,
    partitions: entries.slice(0, mostListed).map(({ partitionId, result, before, after, reason, write }) => ({
      partitionId,
      result,
      before: positionOf(before ?? (after === null ? (planned.get(partitionId)?.current ?? null) : null)),
      after: positionOf(after),
      ...(reason !== null && { reason: toWire(reason, operation) }),
      ...(write?.act === "remove" && { removes: true }),
    })),
    partitionsNotListed: Math.max(0, entries.length - mostListed),
  };
}

function positionOf(image: { sequenceNumber: number | null; offset: string | null } | null) {
  return image === null ? null : { sequenceNumber: image.sequenceNumber, offset: image.offset };
}
