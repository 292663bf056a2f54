import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import type { CheckpointFormat, StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { LeaseBody } from "./lease-body.ts";

/** The hub whose blobs are wanted, and what the configuration says of their store. Hub and namespaces lower-cased. */
export interface StoreScope {
  /** The namespace first, then its aliases. */
  fullyQualifiedNamespaces: readonly string[];
  eventHubName: string;
  /** Other hubs that are known: where a name could be of two, the longer one's it is. */
  otherEventHubNames: readonly string[];
  /** The group of a layout that names none, or the only one that is wanted of one that does; as typed. */
  consumerGroup: string | null;
  /** Lower-cased. Where it is given, only this group's blobs are looked for, as far as names tell groups apart. */
  onlyGroup?: string | undefined;
}

/** Where a layout keeps its blobs, after the store's own prefix. */
interface Root {
  /** A folder, ending in a slash, or the beginning of names. */
  path: string;
  /** Listed as it stands; else looked for in every spelling. */
  exact: boolean;
}

/** What a blob's name says. `lease`: checkpoint and owner in one. */
export interface BlobPlace {
  kind: "checkpoint" | "ownership" | "lease";
  consumerGroup: string;
  partitionId: string;
  /** Its name can't be a partition's, but processors list it with the others. */
  isMisnamed?: true;
}

/** What one blob says, and of which group. */
export type BlobContent =
  | { kind: "checkpoint"; consumerGroup: string; checkpoint: StoredCheckpoint }
  | { kind: "ownership"; consumerGroup: string; ownership: StoredOwnership }
  /** Of no partition, and lacking what processors expect of each blob that they list. */
  | { kind: "misnamed"; consumerGroup: string; blobName: string };

/** One layout of checkpoints. Each lives in a file of its own and is named in `formats.ts`. */
export interface BlobFormat {
  format: CheckpointFormat;
  roots(scope: StoreScope): Root[];
  /** Whose a blob is, by its name after the store's prefix; null where it is not of this layout or this hub. */
  place(name: string, scope: StoreScope): BlobPlace | null;
  /** Reads a body, for layouts that keep what they say there; absent where the metadata hold all. Never throws. */
  parse?(text: string): LeaseBody;
  /** What the blob says. `body` is there where the layout has `parse`. Never throws. */
  read(blob: ListedBlob, place: BlobPlace, body: LeaseBody | null): BlobContent[];
}
