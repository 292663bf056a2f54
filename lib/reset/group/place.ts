import type { ContainerClient } from "@azure/storage-blob";
import type { LackingRights } from "#lib/checkpoint-store/whole/write-rights.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoredGroup, StoreReading } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { EventReader } from "#lib/event-hub/event-reader.ts";
import type { FenceAnswer, FenceOptions } from "#lib/event-hub/fence.ts";
import type { LiveSettings } from "./live-pace.ts";

/** `checkpoints`: how many in a row stood at the same place; 0: none was stored. */
export interface Stall {
  checkpoints: number;
  sequenceNumber: number | null;
  since: EpochMs;
}

/**
 * A group's hub and store, and the ways to read both now. `inspectionConsumerGroup` null: the dashboard has
 * no group of its own for reading events. `ownershipExpirationSeconds`: configured; null: inferred from
 * renewals, or guarded with 180 s (lib/ownership/README.md#expiry). `commonPrefix`: the store's prefix before
 * `{namespace}/{hub}/{group}/`; null: this store doesn't use the common layout.
 */
export interface ResetPlace {
  hub: string;
  fullyQualifiedNamespace: string;
  eventHubName: string;
  store: string;
  group: string;
  inspectionConsumerGroup: string | null;
  ownershipExpirationSeconds: number | null;
  container: ContainerClient;
  /** Finds the rights that the dashboard lacks on a blob, without using them. Absent: they can't be asked. */
  lackingRights?(blobName: string, abortSignal: AbortSignal): Promise<LackingRights>;
  commonPrefix: string | null;
  /**
   * Lists this group's blobs in this store now, in every spelling. `groups` has the group under its lower-cased name,
   * unless it has no blobs. @throws AppError when the store can't be read
   */
  readStore(abortSignal: AbortSignal): Promise<StoreReading>;
  /**
   * Reads the hub and its partitions, or only the given ones, before the refreshes' reads. It has a time limit of
   * its own, which follows the hub's rate while it reads; `abortSignal` null: that alone. @throws AppError
   */
  readHub(abortSignal: AbortSignal | null, partitionIds?: readonly string[]): Promise<HubReading>;
  /** How long reading so many partitions, default all, takes at the hub's rate now, at most. Absent: not known. */
  hubReadMs?(partitions?: number): number;
  /** Reads single events over connections of its own. The caller closes it. */
  openEvents(): EventReader;
  readOtherGroup(
    name: string,
    store: string | undefined,
    abortSignal: AbortSignal,
  ): Promise<StoredGroup | null>;
  /** Partitions that refreshes saw with more than one moving checkpoint. */
  contestedPartitions(): readonly string[];
  /** Longest observed time between two checkpoints under load. Null: none was observed. */
  observedCheckpointSeconds(partitionId: string): number | null;
  /** Longest time under load without a checkpoint in the last day, on any partition. Null: too little was observed. */
  observedWorkingSeconds?(): number | null;
  /** Whether the refreshes saw a partition stand still although events wait. Absent: nobody looked. */
  observedStall?(partitionId: string): Stall | null;
  liveSettings?: LiveSettings;
  openFence(options: Omit<FenceOptions, "consumerGroup">): Promise<FenceAnswer>;
  /** Asks Azure Resource Manager for the hub's consumer groups now. Null: it can't be asked. */
  knownGroups: ((abortSignal: AbortSignal) => Promise<readonly string[]>) | null;
  /** True when the last refresh knew this group, in any store of the hub. Absent: nobody knows. */
  isGroupSeen?(): boolean;
  observedExpirationSeconds(): number | null;
}
