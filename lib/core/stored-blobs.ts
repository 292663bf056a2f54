import type { EpochMs } from "./time.ts";

/** The layouts in which checkpoints stand in the wild. These names are also the wire's. */
export const checkpointFormats = ["common", "functions", "dapr", "eph", "go3"] as const;
export type CheckpointFormat = (typeof checkpointFormats)[number];

/** One checkpoint as its blob says it. A usable one has `sequenceNumber` set and `unreadable` null. */
export interface StoredCheckpoint {
  partitionId: string;
  blobName: string;
  /** Unquoted, as listings have it; good for If-Match. */
  etag: string;
  /** The blob's Last-Modified, set by the service. */
  updatedAt: EpochMs;
  format: CheckpointFormat;
  /** Null where it is missing, blank or not a safe integer. */
  sequenceNumber: number | null;
  /** Opaque. Null where it is missing or blank; `-1` means the start of the stream: nothing processed. */
  offset: string | null;
  /** The metadata's `clientidentifier`, where the writer left one. */
  writtenBy: string | null;
  /** What is wrong with a blob that can't be used as a checkpoint, as a part of a sentence; else null. */
  unreadable: string | null;
  /**
   * Processors list all checkpoints of their group before they start a partition, and fail on one that lacks a
   * metadata key, or has no number for a sequence number (tried with JavaScript): none of them can start.
   */
  stopsGroup?: boolean;
}

/** One ownership as its blob says it. */
export interface StoredOwnership {
  partitionId: string;
  blobName: string;
  etag: string;
  /** The blob's Last-Modified: the owner's heartbeat. */
  lastRenewedAt: EpochMs;
  /** Empty: released. Null: the blob names nobody where it should, a broken blob. */
  ownerId: string | null;
  /**
   * Layouts that hold a blob lease while they own: whether it is held, whatever `lastRenewedAt` says (renewing a
   * lease does not change the blob). Absent in the common format, where the age alone tells.
   */
  leased?: boolean;
  /** A reset made the blob, and no processor has claimed it since. */
  isMadeByReset?: true;
}

/** What one store holds of one consumer group of one hub; the newest blob of a partition counts. */
export interface StoredGroup {
  /** As the blobs have it; `$default` in any casing as `$Default`. */
  name: string;
  formats: CheckpointFormat[];
  /** By partition id. */
  checkpoints: Map<string, StoredCheckpoint>;
  ownerships: Map<string, StoredOwnership>;
  /** Older checkpoints of partitions that another casing or format holds a newer one of. */
  superseded: StoredCheckpoint[];
  /** Older ownerships likewise. The owner that one of them names may be at work all the same. */
  otherOwnerships: StoredOwnership[];
  /**
   * Blobs that are no partition's by their names, such as `checkpoint/a/b`, in the folders that processors list, and
   * that lack what these expect there. The first ones; names of blobs.
   */
  misnamed: string[];
}

/** Every ownership that a group's blobs tell of: of two of one partition either may be the live one. */
export function ownershipsOf({ ownerships, otherOwnerships }: StoredGroup): StoredOwnership[] {
  return [...ownerships.values(), ...otherOwnerships];
}

/**
 * The blobs that no processor of the group can start beside, also those of partitions that the hub has not got:
 * checkpoints that `stopsGroup`, ownerships that name nobody, and what has no partition's name.
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
    // A lease blob without an owner is as it should be.
    ownerships: ownershipsOf(group).filter(({ ownerId, leased }) => ownerId === null && leased === undefined),
    misnamed: group.misnamed,
  };
}

/** What a look around in a container found beside the hub's own blobs; taken rarely. */
export interface StoreSurvey {
  /** Listed at each refresh. */
  prefixes: string[];
  /** Folders that name a namespace and a hub, as they are spelled. */
  trees: { namespace: string; eventHubName: string }[];
  /** Folders, ending in a slash or empty, whose blobs are called like partitions and that no layout claims. */
  unclaimed: { folder: string; partitionIds: string[] }[];
  /** False: there is more than was looked at. */
  isComplete: boolean;
  /** How long the account keeps deleted blobs; 0: not at all; null: it may not be asked. */
  softDeleteDays: number | null;
  /** Whether the account keeps every version of a blob; null where that could not be seen. */
  keepsVersions: boolean | null;
}

/** One reading of one store for one hub. */
export interface StoreReading {
  /** The `Date` of the listing's answer: the service's clock, which Last-Modified is to be compared with. */
  readAt: EpochMs;
  /** By lower-cased group name. */
  groups: Map<string, StoredGroup>;
  /** Blobs under the hub's prefix that are neither a checkpoint nor an ownership. */
  strayBlobs: number;
  /** Listing requests that this reading took. */
  listings: number;
  /** Blobs whose bodies this reading fetched: those of JSON layouts that were new or changed. */
  bodyReads: number;
  /** This machine's clock as the answer of `readAt` came in: the difference is how far the two are apart. */
  heardAt: EpochMs;
  /** The latest one; null where there is none. */
  survey: StoreSurvey | null;
}
