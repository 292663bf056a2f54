import { ContainerClient } from "@azure/storage-blob";
import { type Azurite, startAzurite } from "../azurite.ts";
import { type LocalEventHubs, startLocalEventHubs } from "../local-event-hubs.ts";
import { demoGroups, demoHubs, inspectionConsumerGroup } from "./world.ts";

export interface World {
  eventHubs: LocalEventHubs;
  azurite: Azurite;
  container: string;
  stop(): Promise<void>;
}

const container = "checkpoints";
const historyMs = 20 * 60_000;

export async function startWorld(): Promise<World> {
  const azurite = await startAzurite();
  const eventHubs = await startLocalEventHubs({
    eventHubs: demoHubs.map((hub) => ({
      name: hub.name,
      partitionCount: hub.partitionCount,
      consumerGroups: [
        inspectionConsumerGroup,
        ...demoGroups
          .filter(({ eventHub }) => eventHub === hub.name)
          .map(({ consumerGroup }) => consumerGroup),
      ],
      firstSequenceNumber: hub.firstSequenceNumber,
      retention: { eventsPerPartition: hub.retainedPerPartition },
      createdAt: Date.now() - 30 * 24 * 3_600_000,
    })),
  });
  fillHistory(eventHubs);
  await new ContainerClient(azurite.connectionString, container).create();
  return {
    eventHubs,
    azurite,
    container,
    stop: async () => {
      await Promise.all([eventHubs.stop(), azurite.stop()]);
    },
  };
}

function fillHistory(eventHubs: LocalEventHubs): void {
  const now = Date.now();
  for (const { name, partitionCount, history } of demoHubs) {
    for (let partition = 0; partition < partitionCount; partition += 1) {
      const events = Array.from({ length: history }, (_, index) => ({
        body: { id: `${name}-past-${partition}-${index}` },
        enqueuedAt: now - historyMs + Math.floor((index * historyMs) / history),
      }));
      eventHubs.append(name, String(partition), events);
    }
  }
}
