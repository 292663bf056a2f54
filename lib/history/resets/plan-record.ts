import type { CleanupKind } from "#lib/api/plans/cleanups.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";

/** A checkpoint that a move takes along, as the preview showed it. */
export interface MovedCheckpoint {
  blobName: string;
  format: CheckpointFormat;
  etag: string;
  /** The partition's other checkpoints in that group. */
  rivals: { blobName: string; etag: string }[];
}

/** One write that a plan will make: everything but the reset's own id is decided at the preview. */
export interface PlannedWrite {
  partitionId: string;
  blobName: string;
  format: CheckpointFormat;
  /** Of the blob that the preview showed; null: there was none, and there must be none. */
  etag: string | null;
  /** The checkpoint's, that is the last processed event's; -1 and up. */
  sequenceNumber: number;
  /** The same event's. Opaque; `-1` at the start of the stream. */
  offset: string;
  /** What was reviewed is the start of the stream, wherever that is by then. */
  isStart?: boolean;
  /** Where the group stood at the review lies not after this: nothing was to be read again. */
  isForward?: boolean;
  /** The target lies outside of the stream, so this end of it is written. */
  clampedTo?: "earliest" | "latest";
  /** The partition's other checkpoints as the preview showed them; missing in plans of before these were kept. */
  rivals?: { blobName: string; etag: string }[];
  /** Of a move: what is moved. Missing: nothing is, and the blob is the one that the group's processors read. */
  source?: MovedCheckpoint;
  /**
   * What is done in place of writing the position, which is then what stands there: `remove` deletes the blob,
   * `restore` brings `metadata` (and `content`, where the blob is made anew) back as they were, `release` gives an
   * ownership an empty owner id, `keep` does nothing.
   */
  act?: "remove" | "restore" | "release" | "keep";
  metadata?: Record<string, string>;
  content?: BlobContent;
  /** Of a clean-up and its undo, where `partitionId` is the blob's name. */
  cleans?: CleanedWrite;
}

/** What a blob holds beside its metadata. */
interface BlobContent {
  base64: string;
  /** HTTP headers, by the storage SDK's names. */
  headers: Record<string, string>;
}

export interface CleanedWrite {
  /** As the blob's name has it. */
  partitionId: string;
  why: CleanupKind;
  /** A blob that has to stand: the one that a move made of this one. */
  needs?: string;
}

/** A partition of a plan, before its reasons have their sentences. */
export type MadePlanEntry = Omit<ResetPlanEntry, "warnings" | "blockedBy"> & {
  warnings: Reason[];
  blockedBy: Reason | null;
};

/** A plan, before its reasons have their sentences. */
export type MadePlan = Omit<ResetPlan, "warnings" | "blockedBy" | "entries"> & {
  warnings: Reason[];
  blockedBy: Reason | null;
  entries: MadePlanEntry[];
};

/** A plan as it is stored: what is shown, and what it will be held to when it is applied. */
export interface PlanRecord {
  plan: MadePlan;
  /** `namespace/event hub`, lower case. */
  address: string;
  /** When the hub was made: one that was made anew since is another hub. */
  createdOn: EpochMs;
  /** Only of the partitions that are not blocked. */
  writes: PlannedWrite[];
}

/** A plan with whom it belongs to: names are not unique, and `plan.actor` is one. */
export interface OwnedPlan extends PlanRecord {
  /** The caller's key. */
  ownerKey: string;
}

/** A plan that was saved: expired ones and those that were applied are known for an hour more. */
export interface SavedPlan extends PlanRecord {
  /** Null in those of before it was kept: nobody's. */
  ownerKey: string | null;
  expiresAt: EpochMs;
  /** The reset that applied it; null: none yet. */
  resetId: string | null;
}
