import type { EpochMs } from "./time.ts";

/** The layouts of checkpoints in use. The API uses the same names. */
export const checkpointFormats = ["common", "functions", "dapr", "eph", "go3"] as const;
export type CheckpointFormat = (typeof checkpointFormats)[number];

/** One checkpoint as its blob says. Usable: `sequenceNumber` is set and `unreadable` null. */
export interface StoredCheckpoint {
  partitionId: string;
  blobName: string;
  etag: string;
  updatedAt: EpochMs;
  /** Size of the content, which is empty in the common layout. Absent: not listed. */
  sizeBytes?: number;
  format: CheckpointFormat;
  /** Null: missing, blank or not a safe integer. */
  sequenceNumber: number | null;
  /** Opaque. Null: missing or blank. `-1`: the start of the stream, nothing processed. */
  offset: string | null;
  writtenBy: string | null;
  unreadable: string | null;
  /**
   * Every processor of the group fails on this blob. Processors list all checkpoints before they start a
   * partition, and fail on a missing metadata key or a sequence number that is none (tried with JavaScript).
   */
  stopsGroup?: boolean;
}

export interface StoredOwnership {
  partitionId: string;
  blobName: string;
  etag: string;
  lastRenewedAt: EpochMs;
  sizeBytes?: number;
  /** Empty: released. Null: a broken blob that names nobody. */
  ownerId: string | null;
  /**
   * For layouts with blob leases: it is leased now, whatever `lastRenewedAt` says, since renewing does not
   * change the blob. Absent in the common format, where only age tells.
   */
  leased?: boolean;
  /** No processor has claimed it since the reset made it. */
  isMadeByReset?: true;
}

export interface StoredGroup {
  /** As the blobs spell it; `$default` in any casing becomes `$Default`. */
  name: string;
  formats: CheckpointFormat[];
  checkpoints: Map<string, StoredCheckpoint>;
  ownerships: Map<string, StoredOwnership>;
  /** Older checkpoints of partitions with a newer one in another casing or format. */
  superseded: StoredCheckpoint[];
  /** Older ownerships likewise; their owners may still be at work. */
  otherOwnerships: StoredOwnership[];
  /**
   * The first few misnamed blobs, such as `checkpoint/a/b`. They lack what processors expect, although
   * processors list them.
   */
  misnamed: string[];
}

/** All of a group's ownerships: when a partition has two, either may be alive. */
export function ownershipsOf({ ownerships, otherOwnerships }: StoredGroup): StoredOwnership[] {
  return [...ownerships.values(), ...otherOwnerships];
}

/**
 * Blobs that keep every processor of the group from starting, also those of partitions that the hub lacks:
 * checkpoints that `stopsGroup`, ownerships without a name, and misnamed blobs.
 */
export function stoppingBlobs(group: StoredGroup): {
  checkpoints: StoredCheckpoint[];
  ownerships: StoredOwnership[];
  misnamed: readonly string[];
} {
  return {
    checkpoints: [...group.checkpoints.values(), ...group.superseded].filter(
      ({ stopsGroup }) => stopsGroup === true,
    ),
    // A lease blob needs no owner.
    ownerships: ownershipsOf(group).filter(({ ownerId, leased }) => ownerId === null && leased === undefined),
    misnamed: group.misnamed,
  };
}

/** The results of a survey of the container, besides the hub's own blobs. Surveys are rare. */
export interface StoreSurvey {
  prefixes: string[];
  trees: { namespace: string; eventHubName: string }[];
  /** Folders (empty or with a trailing slash) with blobs named like partitions that no layout claims. */
  unclaimed: { folder: string; partitionIds: string[] }[];
  isComplete: boolean;
  /** How long the account keeps deleted blobs. 0: not at all. Null: no right to ask. */
  softDeleteDays: number | null;
  /** The account keeps every version of a blob. Null: not known. */
  keepsVersions: boolean | null;
}

export interface StoreReading {
  readAt: EpochMs;
  groups: Map<string, StoredGroup>;
  strayBlobs: number;
  listings: number;
  bodyReads: number;
  /** This machine's clock at that answer; the difference to `readAt` is the clock skew. */
  heardAt: EpochMs;
  survey: StoreSurvey | null;
}
