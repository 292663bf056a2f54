import type { ContainerClient } from "@azure/storage-blob";
import type { LackingRights } from "#lib/checkpoint-store/whole/write-rights.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoredGroup, StoreReading } from "#lib/core/stored-blobs.ts";
import type { EventReader } from "#lib/event-hub/event-reader.ts";
import type { FenceAnswer, FenceOptions } from "#lib/event-hub/fence.ts";
import type { LiveSettings } from "./live-pace.ts";

/** Where a group stands: its hub, its store, and the ways to read both afresh. */
export interface ResetPlace {
  /** The hub's id. */
  hub: string;
  fullyQualifiedNamespace: string;
  eventHubName: string;
  store: string;
  /** As it is shown. */
  group: string;
  /** Null: the dashboard has no group of its own to read events with. */
  inspectionConsumerGroup: string | null;
  /** Configured; null: inferred from renewals, or guarded with 180 s (lib/ownership/README.md#expiry). */
  ownershipExpirationSeconds: number | null;
  container: ContainerClient;
  /** What the dashboard may not do to a blob of this store, asked without doing it. Absent: it can't be asked. */
  lackingRights?(blobName: string, abortSignal: AbortSignal): Promise<LackingRights>;
  /** What stands before `{namespace}/{hub}/{group}/` in this store; null: the common layout is not used here. */
  commonPrefix: string | null;
  /**
   * A fresh listing of this group's blobs in this store, in every spelling that stands there now; `groups` holds
   * it under its lower-cased name, or does not where it has no blob. @throws AppError
   */
  readStore(abortSignal: AbortSignal): Promise<StoreReading>;
  /**
   * Reads the hub and its partitions, or only the given ones, before the refreshes' reads. @throws AppError
   */
  readHub(abortSignal: AbortSignal, partitionIds?: readonly string[]): Promise<HubReading>;
  /** The time limit for reading so many partitions at the hub's rate, in milliseconds. Default: 30 s. */
  hubReadMs?(partitions: number): number;
  /** Reads single events over connections of its own; to be closed. */
  openEvents(): EventReader;
  /** Another group of this hub, afresh; null: there is none of that name. */
  readOtherGroup(
    name: string,
    store: string | undefined,
    abortSignal: AbortSignal,
  ): Promise<StoredGroup | null>;
  /** Partitions whose checkpoint moves in more than one blob, as the refreshes saw it. */
  contestedPartitions(): readonly string[];
  /** The largest time between two of its checkpoints that was spent on work; null: none was seen. */
  observedCheckpointSeconds(partitionId: string): number | null;
  /** The longest time without a checkpoint under load in the last day, of any partition; null: too little was seen. */
  observedWorkingSeconds?(): number | null;
  /** How live resets go here; default: as shipped. */
  liveSettings?: LiveSettings;
  /** A reader with an owner level in this group, on a connection of its own. */
  openFence(options: Omit<FenceOptions, "consumerGroup">): Promise<FenceAnswer>;
  /** Every consumer group of the hub that Azure Resource Manager knows, asked afresh; null: it can't be asked. */
  knownGroups: ((abortSignal: AbortSignal) => Promise<readonly string[]>) | null;
  /** Seconds after which an owner counts as gone, as inferred from renewals; null: nothing was observed. */
  observedExpirationSeconds(): number | null;
}
