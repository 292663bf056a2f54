import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { LiveProgress, RequestedTarget, ResetMode, ResetResult, StopRequest } from "#lib/api/resets.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { Subject } from "#lib/core/subject.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { PlannedWrite } from "./plan-record.ts";

/** `writing`: the before-image is stored, and it is not known yet whether the write happened. */
export type EntryResult = ResetResult | "writing";

/** What stood in the blob just before the write, with all that is needed to bring it back. */
export interface BeforeImage {
  blobName: string;
  format: CheckpointFormat;
  etag: string;
  updatedAt: EpochMs;
  /** Null where it could not be read as a checkpoint. */
  sequenceNumber: number | null;
  offset: string | null;
  /** As the blob had it. */
  metadata: Record<string, string>;
  /** Of JSON formats its HTTP headers, such as the content type, by the storage SDK's names. */
  headers: Record<string, string>;
  /** Of JSON formats the blob's text; else null. */
  body: string | null;
  /** Of a clean-up: the blob's bytes. */
  base64?: string;
}

/** What was written, as the service answered it. */
export interface WrittenCheckpoint {
  etag: string;
  updatedAt: EpochMs;
  sequenceNumber: number;
  offset: string;
}

/** Where a live reset of one partition stands: what is shown, and what its machine goes on with. */
export interface LiveRecord {
  progress: LiveProgress;
  /** The machine's own; JSON. */
  data: Record<string, unknown>;
}

export interface EntryRecord {
  partitionId: string;
  /** Null where the plan blocked the partition: it is `skipped` from the start, with the reason. */
  write: PlannedWrite | null;
  result: EntryResult;
  /** Null: there was no blob, or it was not looked at yet. */
  before: BeforeImage | null;
  /** Whom the partition's ownership named at the write, though released or expired; null: nobody. */
  lastOwnerId: string | null;
  after: WrittenCheckpoint | null;
  reason: Reason | null;
  live: LiveRecord | null;
}

/** Somebody wants a running reset to end before it is through. */
export interface StopAsked {
  when: StopRequest["when"];
  actor: string;
  at: EpochMs;
}

/** A reset without its partitions. */
export interface ResetHead {
  id: string;
  planId: string;
  /** `namespace/event hub`, lower case. */
  address: string;
  /** The hub's id. */
  hub: string;
  store: string;
  /** As it is shown. */
  group: string;
  mode: ResetMode;
  /** Live only. */
  handlerSeconds: number | null;
  target: RequestedTarget;
  /** When the hub was made. */
  createdOn: EpochMs;
  actor: string;
  /** Null: nobody vouches for the actor, or an earlier version recorded the reset. */
  subject: Subject | null;
  state: "running" | "done" | "failed";
  startedAt: EpochMs;
  endedAt: EpochMs | null;
  watchedUntil: EpochMs | null;
  reason: Reason | null;
  /** Null, or left out by an earlier version: nobody has asked for that. */
  stopAsked?: StopAsked | null;
  /** Who runs it, or ran it last. */
  instance: string;
  /** Grows as long as its runner lives; nothing but its changing means anything. */
  heartbeat: number;
  /** Grows with every step. */
  revision: number;
}

export interface ResetRecord extends ResetHead {
  /** In the plan's order. */
  entries: EntryRecord[];
}
