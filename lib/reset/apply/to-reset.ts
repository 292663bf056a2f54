import { type OperationWords, operationOf } from "#lib/api/reasons/operation.ts";
import { toWire } from "#lib/api/reasons/reason.ts";
import type { Reset, ResetEntry, Resets, StandingCheckpoint } from "#lib/api/resets.ts";
import { toIso } from "#lib/core/time.ts";
import type { EntryRecord, ResetHead, ResetRecord } from "#lib/history/resets/reset-record.ts";

export function toReset(record: ResetRecord): Reset {
  const operation = operationOf(record);
  return {
    ...toResetHead(record),
    entries: record.entries.map((entry) => toEntry(entry, operation)),
  };
}

export function toResetHead(head: ResetHead): Resets["resets"][number] {
  const { id, planId, hub, group, store, mode, handlerSeconds, target, state, actor, reason, stopAsked } =
    head;
  return {
    id,
    planId,
    hub,
    group,
    store,
    mode,
    handlerSeconds: mode === "live" ? handlerSeconds : null,
    target,
    state,
    actor,
    startedAt: toIso(head.startedAt),
    endedAt: toIso(head.endedAt),
    watchedUntil: toIso(head.watchedUntil),
    reason: toWire(reason, operationOf(head)),
    ...(stopAsked && { stopAsked: { ...stopAsked, at: toIso(stopAsked.at) } }),
  };
}

function toEntry(
  { partitionId, result, before, after, reason, live, write }: EntryRecord,
  operation: OperationWords,
): ResetEntry {
  return {
    partitionId,
    result: result === "writing" ? "pending" : result,
    before: standing(before),
    after: standing(after),
    clampedTo: write?.clampedTo ?? null,
    reason: toWire(reason, operation),
    live: live?.progress ?? null,
    ...(write?.act === "remove" ? { removes: true as const } : {}),
  };
}

function standing(
  image: { sequenceNumber: number | null; offset: string | null; updatedAt: number } | null,
): StandingCheckpoint | null {
  if (image === null) return null;
  const { sequenceNumber, offset, updatedAt } = image;
  return { sequenceNumber, offset, updatedAt: toIso(updatedAt) };
}
