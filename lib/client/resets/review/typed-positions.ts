import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { PreviewRequest, ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { formatCount } from "#lib/client/format/format.ts";

/** By partition id: the next event to be read, as it was typed. */
export type TypedPositions = ReadonlyMap<string, string>;

interface Bounds {
  beginningSequenceNumber: number | null;
  lastEnqueuedSequenceNumber: number | null;
}

export function takesPositions({ target }: Pick<ResetPlan, "target">): boolean {
  return !(["undo", "move", "cleanup"].includes(target.kind) || "skipped" in target);
}

export function plannedNext({ target }: Pick<ResetPlanEntry, "target">): number | null {
  return target === null ? null : target.sequenceNumber + 1;
}

export function parsePosition(text: string): number | null {
  const typed = text.trim();
  const value = Number(typed.replaceAll(/[\s,_]/g, ""));
  return /^(\d+|\d{1,3}([\s,_]\d{3})+)$/.test(typed) && Number.isSafeInteger(value) ? value : null;
}

export function positionFault(text: string, bounds: Bounds | undefined): string | null {
  if (text.trim() === "") return null;
  const next = parsePosition(text);
  if (next === null) return "Type a whole number.";
  const { beginningSequenceNumber: begin = null, lastEnqueuedSequenceNumber: last = null } = bounds ?? {};
  if (begin !== null && begin >= 0 && next < begin) {
    return `Event ${formatCount(next)} is gone. The partition begins at ${formatCount(begin)}.`;
  }
  if (last !== null && next > last + 1) {
    return `Event ${formatCount(next)} does not exist yet. The next one is ${formatCount(last + 1)}.`;
  }
  return null;
}

export function changedPositions(
  entries: readonly ResetPlanEntry[],
  typed: TypedPositions,
): Map<string, number> {
  const changed = new Map<string, number>();
  for (const entry of entries) {
    const next = parsePosition(typed.get(entry.partitionId) ?? "");
    if (next !== null && next !== plannedNext(entry)) changed.set(entry.partitionId, next);
  }
  return changed;
}

export function positionsRequest(
  { entries, mode, handlerSeconds }: ResetPlan,
  changed: ReadonlyMap<string, number>,
): PreviewRequest {
  const planned = entries.flatMap((entry): [string, number][] => {
    const next = plannedNext(entry);
    return next === null ? [] : [[entry.partitionId, next]];
  });
  const values = Object.fromEntries([...planned, ...changed]);
  const target = { kind: "positions" as const, values };
  return { partitions: Object.keys(values), target, mode, handlerSeconds: handlerSeconds ?? 30 };
}

/** The plan's partitions, and those on which it changes nothing, so that each can be typed into. */
export function typableEntries(plan: ResetPlan, group: ConsumerGroupDetail | undefined): ResetPlanEntry[] {
  const unchanged = plan.unchangedPartitions.map((partitionId): ResetPlanEntry => {
    const checkpoint = group?.partitions.find((one) => one.partitionId === partitionId)?.checkpoint ?? null;
    const current = checkpoint && {
      sequenceNumber: checkpoint.sequenceNumber,
      offset: checkpoint.offset,
      updatedAt: checkpoint.updatedAt,
    };
    const nothing = { target: null, resumesAt: null, replays: null, skips: null, processedSince: null };
    const silent = { clampedTo: null, warnings: [], blockedBy: null, repairs: [], holds: null };
    return { partitionId, current, ...nothing, ...silent };
  });
  return [...plan.entries, ...unchanged];
}
