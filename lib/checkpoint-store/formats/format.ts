import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import type {
  CheckpointFormat,
  MisnamedBlob,
  StoredCheckpoint,
  StoredOwnership,
} from "#lib/core/stored-blobs.ts";
import type { LeaseBody } from "./lease-body.ts";

/**
 * The hub to look for and its store's configuration. Hub, namespaces and `onlyGroup` are lower-cased. When a
 * name fits two hubs, also of `otherEventHubNames`, the longer one wins. `onlyGroup` restricts the search as
 * far as names tell groups apart.
 */
export interface StoreScope {
  fullyQualifiedNamespaces: readonly string[];
  eventHubName: string;
  otherEventHubNames: readonly string[];
  consumerGroup: string | null;
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
  | { kind: "misnamed"; consumerGroup: string; blob: MisnamedBlob };

/**
 * `address` reads a name below the store's prefix; null: another layout or hub. `parse` is absent when the
 * metadata hold everything, and `read` then gets no body. Neither throws.
 */
export interface BlobFormat {
  format: CheckpointFormat;
  roots(scope: StoreScope): Root[];
  address(name: string, scope: StoreScope): BlobAddress | null;
  parse?(text: string): LeaseBody;
  read(blob: ListedBlob, address: BlobAddress, body: LeaseBody | null): BlobContent[];
}
