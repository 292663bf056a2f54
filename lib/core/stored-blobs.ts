import type { EpochMs } from "./time.ts";

/** The layouts of checkpoints in use. The API uses the same names. */
export const checkpointFormats = ["common", "functions", "dapr", "eph", "go3"] as const;
export type CheckpointFormat = (typeof checkpointFormats)[number];

/**
 * One checkpoint as its blob says. Usable: `sequenceNumber` is set and `unreadable` null. A null
 * `sequenceNumber` is missing, blank or not a safe integer. The opaque `offset` is null when missing or
 * blank, and `-1` at the start of the stream, when nothing is processed. `sizeBytes` is absent when not
 * listed.
 */
export interface StoredCheckpoint {
  partitionId: string;
  blobName: string;
  etag: string;
  updatedAt: EpochMs;
  sizeBytes?: number;
  format: CheckpointFormat;
  sequenceNumber: number | null;
  offset: string | null;
  writtenBy: string | null;
  unreadable: string | null;
  /**
   * Every processor of the group fails on this blob. Processors list all checkpoints before they start a
   * partition, and fail on a missing metadata key or a sequence number that is none (tried with JavaScript).
   */
  stopsGroup?: boolean;
}

/**
 * `ownerId` is empty when released, and null in a broken blob that names nobody. `isMadeByReset`: no
 * processor has claimed it since the reset made it.
 */
export interface StoredOwnership {
  partitionId: string;
  blobName: string;
  etag: string;
  lastRenewedAt: EpochMs;
  sizeBytes?: number;
  ownerId: string | null;
  /**
   * For layouts with blob leases: it is leased now, whatever `lastRenewedAt` says, since renewing does not
   * change the blob. Absent in the common format, where only age tells.
   */
  leased?: boolean;
  isMadeByReset?: true;
}

/**
 * A blob such as `checkpoint/a/b`, which processors list although it lacks what they expect. `partitionId` is
 * what stands where the partition's id belongs, and may be empty.
 */
export interface MisnamedBlob {
  partitionId: string;
  blobName: string;
  etag: string;
  updatedAt: EpochMs;
  sizeBytes: number;
}

/**
 * `name` stands as the blobs spell it; `$default` in any casing becomes `$Default`. `superseded` and
 * `otherOwnerships` are older blobs of partitions with a newer one in another casing or format; their owners
 * may still be at work. `misnamed` are the first ones, and `misnamedMore` counts the rest; absent: none.
 */
export interface StoredGroup {
  name: string;
  formats: CheckpointFormat[];
  checkpoints: Map<string, StoredCheckpoint>;
  ownerships: Map<string, StoredOwnership>;
  superseded: StoredCheckpoint[];
  otherOwnerships: StoredOwnership[];
  misnamed: MisnamedBlob[];
  misnamedMore?: number;
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
    misnamed: group.misnamed.map(({ blobName }) => blobName),
  };
}

/**
 * The results of a survey of the container, besides the hub's own blobs. Surveys are rare. `unclaimed`
 * folders (empty or with a trailing slash) have blobs named like partitions that no layout claims.
 * `softDeleteDays` is 0 when the account keeps no deleted blobs and null without the right to ask.
 * `keepsVersions` is null when not known.
 */
export interface StoreSurvey {
  prefixes: string[];
  trees: { namespace: string; eventHubName: string }[];
  unclaimed: { folder: string; partitionIds: string[] }[];
  isComplete: boolean;
  softDeleteDays: number | null;
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
