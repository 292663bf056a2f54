import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import type { CheckpointFormat, StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { LeaseBody } from "./lease-body.ts";

/** The hub to look for and its store's configuration. Hub and namespaces are lower-cased. */
export interface StoreScope {
  fullyQualifiedNamespaces: readonly string[];
  eventHubName: string;
  /** Other known hubs: when a name fits two hubs, the longer one wins. */
  otherEventHubNames: readonly string[];
  consumerGroup: string | null;
  /** Lower-cased. Restricts the search to this group, as far as names tell groups apart. */
  onlyGroup?: string | undefined;
}

interface Root {
  path: string;
  /** Listed as it stands; otherwise every spelling is looked for. */
  exact: boolean;
}

export interface BlobAddress {
  kind: "checkpoint" | "ownership" | "lease";
  consumerGroup: string;
  partitionId: string;
  /** The name can't be a partition's, but processors list the blob all the same. */
  isMisnamed?: true;
}

export type BlobContent =
  | { kind: "checkpoint"; consumerGroup: string; checkpoint: StoredCheckpoint }
  | { kind: "ownership"; consumerGroup: string; ownership: StoredOwnership }
  | { kind: "misnamed"; consumerGroup: string; blobName: string };

export interface BlobFormat {
  format: CheckpointFormat;
  roots(scope: StoreScope): Root[];
  /** Reads a name below the store's prefix. Null: another layout or another hub. */
  address(name: string, scope: StoreScope): BlobAddress | null;
  /** Parses the body; absent when the metadata hold everything. Never throws. */
  parse?(text: string): LeaseBody;
  /** Reads the blob. `body` is given if the layout has `parse`. Never throws. */
  read(blob: ListedBlob, address: BlobAddress, body: LeaseBody | null): BlobContent[];
}
