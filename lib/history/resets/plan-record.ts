import type { CleanedBlob } from "#lib/api/plans/cleanups.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { Edge, ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import type { CheckpointFormat, StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";

export type MovedCheckpoint = Pick<StoredCheckpoint, "blobName" | "format" | "etag"> &
  Required<Pick<PlannedWrite, "rivals">>;

/**
 * One write of a plan. The preview decides everything except the reset's id. `etag` is the previewed blob's;
 * null: there was none, and must be none. `sequenceNumber` is the last processed event's, -1 and up; `offset`
 * is the same event's: opaque, `-1` at the start of the stream.
 */
export interface PlannedWrite {
  partitionId: string;
  blobName: string;
  format: CheckpointFormat;
  etag: string | null;
  sequenceNumber: number;
  offset: string;
  /**
   * The reviewed target is the start of the stream, wherever that is when writing. `isForward`: the target is
   * not behind the group, so that nothing is read again; `isAhead`: the group is before it. `clampedTo`: it lies
   * outside the stream, so this end is written.
   */
  isStart?: boolean;
  isForward?: boolean;
  isAhead?: boolean;
  clampedTo?: Edge;
  rivals?: { blobName: string; etag: string }[];
  /** For a move: what is copied. Absent: the blob is the one that the processors read. */
  source?: MovedCheckpoint;
  /**
   * Replaces writing the position. `remove` deletes the blob; `restore` brings back `metadata` (and `content`
   * where that is gone); `release` empties an ownership's owner id; `keep` does nothing.
   */
  act?: "remove" | "restore" | "release" | "keep";
  metadata?: Record<string, string>;
  content?: BlobContent;
  /** Undoes a move, or such an undo: it names its blob and leaves a running group alone, like the move. */
  undoesMove?: true;
  /** The address of the container that the blob is in. Absent: planned by an earlier version. */
  container?: string;
  /** For a clean-up. `needs`: a blob that must exist, which is the copy that a move made of this one. */
  cleans?: Pick<CleanedBlob, "partitionId" | "why"> & { needs?: string };
}

export interface BlobContent {
  base64: string;
  headers: Record<string, string>;
  tier?: "Hot" | "Cool" | "Cold" | "Archive";
  tags?: Record<string, string>;
}

export type CleanedWrite = PlannedWrite & Required<Pick<PlannedWrite, "cleans">>;

export type MadePlanEntry = Omit<ResetPlanEntry, "warnings" | "blockedBy"> & {
  warnings: Reason[];
  blockedBy: Reason | null;
};

export type MadePlan = Omit<ResetPlan, "warnings" | "notes" | "blockedBy" | "entries"> & {
  warnings: Reason[];
  notes?: Reason[];
  blockedBy: Reason | null;
  entries: MadePlanEntry[];
};

export interface PlanRecord {
  plan: MadePlan;
  address: string;
  /** The hub's creation time: a re-created hub is another one. */
  createdOn: EpochMs;
  writes: PlannedWrite[];
}

/** A plan with its owner's key: `plan.actor` is a name, and names are not unique. */
export interface OwnedPlan extends PlanRecord {
  ownerKey: string;
}

/** A saved plan, kept for an hour after it expired or was applied. */
export interface SavedPlan extends PlanRecord {
  ownerKey: string | null;
  expiresAt: EpochMs;
  resetId: string | null;
}
