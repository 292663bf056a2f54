import type { LiveProgress } from "#lib/api/plans/live-progress.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { RequestedTarget, ResetMode, ResetResult, StopRequest } from "#lib/api/resets.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { Subject } from "#lib/core/subject.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { BlobContent, PlannedWrite } from "./plan-record.ts";

/** `writing`: the before-image is stored; nobody knows yet if the write happened. */
export type EntryResult = ResetResult | "writing";

/**
 * A blob's whole content, as it was right before the write. `headers`: HTTP headers by the storage SDK's names. JSON
 * formats have a `body`; moves and clean-ups store the content as `base64`, and clean-ups `tags`: null: they could
 * not be read.
 */
export interface BeforeImage
  extends Pick<StoredCheckpoint, "blobName" | "format" | "etag" | "updatedAt" | "sequenceNumber" | "offset"> {
  metadata: Record<string, string>;
  headers: Record<string, string>;
  body: string | null;
  base64?: string;
  tier?: BlobContent["tier"];
  tags?: Record<string, string> | null;
}

export type WrittenCheckpoint = Pick<PlannedWrite, "sequenceNumber" | "offset"> &
  Pick<StoredCheckpoint, "etag" | "updatedAt">;

export interface LiveRecord {
  progress: LiveProgress;
  data: Record<string, unknown>;
}

export interface EntryRecord {
  partitionId: string;
  /**
   * Null: the plan blocked the partition, which is `skipped` from the start with the reason. `lastOwnerId`:
   * the owner named at the write, even if released or expired; null: nobody.
   */
  write: PlannedWrite | null;
  result: EntryResult;
  before: BeforeImage | null;
  lastOwnerId: string | null;
  after: WrittenCheckpoint | null;
  reason: Reason | null;
  live: LiveRecord | null;
}

export interface StopAsked {
  when: StopRequest["when"];
  actor: string;
  at: EpochMs;
}

export interface ResetHead {
  id: string;
  planId: string;
  address: string;
  hub: string;
  store: string;
  group: string;
  mode: ResetMode;
  handlerSeconds: number | null;
  target: RequestedTarget;
  createdOn: EpochMs;
  actor: string;
  /** Null: nobody vouches for the actor, or an older version recorded it. */
  subject: Subject | null;
  state: "running" | "done" | "failed";
  startedAt: EpochMs;
  endedAt: EpochMs | null;
  watchedUntil: EpochMs | null;
  reason: Reason | null;
  stopAsked?: StopAsked | null;
  instance: string;
  /** Changes while the runner lives; the value means nothing. */
  heartbeat: number;
  revision: number;
}

export interface ResetRecord extends ResetHead {
  entries: EntryRecord[];
}
