import type { CheckpointFormat, StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { ListedBlob } from "../list-blobs.ts";

/** The hub whose blobs are wanted, all names lower-cased. */
export interface HubAddress {
  /** The namespace first, then its aliases. */
  fullyQualifiedNamespaces: readonly string[];
  eventHubName: string;
}

/** What one blob says, and of which group. */
export type BlobContent =
  | { kind: "checkpoint"; consumerGroup: string; checkpoint: StoredCheckpoint }
  | { kind: "ownership"; consumerGroup: string; ownership: StoredOwnership };

/** One layout of checkpoints. Each lives in a file of its own and is named in `formats.ts`. */
export interface BlobFormat {
  format: CheckpointFormat;
  /** The folders that hold the hub's blobs, lower-cased, ending in a slash; a container may spell them otherwise. */
  roots(hub: HubAddress): string[];
  /** What the blob says; null where it is not of this layout or not of this hub. Never throws. */
  read(blob: ListedBlob, hub: HubAddress): BlobContent | null;
}
