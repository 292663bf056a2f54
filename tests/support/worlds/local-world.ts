import { randomUUID } from "node:crypto";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
import { type Azurite, startAzurite } from "#lib/sandbox/azurite.ts";
import {
  type LocalEventHubs,
  type LocalEventHubsOptions,
  startLocalEventHubs,
} from "#lib/sandbox/local-event-hubs.ts";
import { openStorage } from "#tests/support/shared-storage.ts";

/** The namespace in blob names: the endpoint's host. */
export const localNamespace = "localhost";

export interface LocalWorld {
  eventHubs: LocalEventHubs;
  azurite: Azurite;
  container: ContainerClient;
  enqueue(eventHub: string, partitionId: string, count: number): void;
  checkpoint(eventHub: string, group: string, partitionId: string, sequenceNumber: number): Promise<void>;
  own(eventHub: string, group: string, partitionId: string, ownerId: string): Promise<void>;
  hubConfig(eventHub: string, over?: object): object;
  stop(): Promise<void>;
}

/**
 * @param storage `own` for an account without other worlds' containers; `shared` for the one of the whole
 * run; or one that its starter also stops
 * @param endpoint options of the endpoint, beside plain AMQP
 */
export async function startLocalWorld(
  eventHubs: LocalEventHubsOptions["eventHubs"],
  storage: "shared" | "own" | Azurite = "shared",
  endpoint: Omit<LocalEventHubsOptions, "eventHubs"> = {},
): Promise<LocalWorld> {
  const [azurite, hubs] = await Promise.all([
    storage === "own" ? startAzurite() : storage === "shared" ? openStorage() : storage,
    startLocalEventHubs({ eventHubs, ...endpoint }),
  ]);
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
  const { containerClient: container } = await service.createContainer(`test-${randomUUID()}`);
  const store = new BlobCheckpointStore(container);
  const etags = new Map<string, string>();
  const address = (eventHubName: string, consumerGroup: string, partitionId: string) => ({
    fullyQualifiedNamespace: localNamespace,
    eventHubName,
    consumerGroup,
    partitionId,
  });
  return {
    eventHubs: hubs,
    azurite,
    container,
    enqueue: (eventHub, partitionId, count) =>
      hubs.append(
        eventHub,
        partitionId,
        Array.from({ length: count }, (_, index) => ({ body: index })),
      ),
    checkpoint: (eventHub, group, partitionId, sequenceNumber) =>
      store.updateCheckpoint({
        ...address(eventHub, group, partitionId),
        sequenceNumber,
        offset: String(sequenceNumber * 64),
      }),
    own: async (eventHub, group, partitionId, ownerId) => {
      const claim = { ...address(eventHub, group, partitionId), ownerId };
      const name = JSON.stringify([eventHub, group, partitionId]);
      const claimed = async (etag: string | undefined) => {
        const [won] = await store.claimOwnership([{ ...claim, ...(etag ? { etag } : {}) }]);
        if (won?.etag) etags.set(name, won.etag);
        return won !== undefined;
      };
      // One request where nobody else has claimed it: an owner has to renew in time on a busy machine, too.
      if (await claimed(etags.get(name))) return;
      const listed = await store.listOwnership(localNamespace, eventHub, group);
      await claimed(listed.find((each) => each.partitionId === partitionId)?.etag);
    },
    hubConfig: (eventHub, over = {}) => ({
      eventHubName: eventHub,
      connectionString: hubs.connectionString,
      checkpointStores: [
        { id: "main", connectionString: azurite.connectionString, container: container.containerName },
      ],
      ...over,
    }),
    stop: async () => {
      await Promise.all([hubs.stop(), azurite === storage ? null : azurite.stop()]);
    },
  };
}
