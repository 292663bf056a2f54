import { demoHubs, ownershipExpirationSeconds, silentGroups } from "./world.ts";

/** The dashboard's configuration for the demo's world: an ordinary one, as a user would write it. */
export function dashboardConfig(connections: {
  eventHubs: string;
  storage: string;
  container: string;
}): object {
  return {
    refreshSeconds: 3,
    eventHubs: demoHubs.map(({ name }) => ({
      eventHubName: name,
      connectionString: connections.eventHubs,
      ownershipExpirationSeconds,
      consumerGroups: silentGroups
        .filter(({ eventHub }) => eventHub === name)
        .map(({ consumerGroup }) => consumerGroup),
      checkpointStores: [{ connectionString: connections.storage, container: connections.container }],
    })),
  };
}
