import type { EpochMs } from "#lib/core/time.ts";
import type { OwnerChange, OwnerChangeKind } from "./owner-changes.ts";

export interface OwnerSpan {
  partitionId: string;
  ownerId: string;
  from: EpochMs;
  to: EpochMs | null;
  endedBy: Exclude<OwnerChangeKind, "found"> | null;
}

/** Turns a group's changes (oldest first) into spans of ownership, in the same order. */
export function ownerSpans(
  changes: readonly Pick<OwnerChange, "at" | "partitionId" | "kind" | "ownerId">[],
): OwnerSpan[] {
  const spans: OwnerSpan[] = [];
  const running = new Map<string, OwnerSpan>();
  for (const { at, partitionId, kind, ownerId } of changes) {
    const span = running.get(partitionId);
    if (span !== undefined) {
      span.to = at;
      span.endedBy = kind === "found" ? "claimed" : kind;
      running.delete(partitionId);
    }
    if (ownerId !== null) {
      const next: OwnerSpan = { partitionId, ownerId, from: at, to: null, endedBy: null };
      spans.push(next);
      running.set(partitionId, next);
    }
  }
  return spans;
}
