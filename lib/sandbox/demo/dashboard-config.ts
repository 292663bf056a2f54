import { demoHubs, inspectionConsumerGroup, ownershipExpirationSeconds, silentGroups } from "./world.ts";

export function dashboardConfig(connections: {
  eventHubs: string;
  storage: string;
  container: string;
  alerts: string;
}): object {
  return {
    refreshSeconds: 3,
    mcp: true,
    alerts: {
      rules: [
        {
          id: "about-to-lose-events",
          when: { lossWithinSeconds: 3_600 },
          forSeconds: 15,
          severity: "critical",
        },
        { id: "stopped", when: { status: "stop" }, forSeconds: 20, severity: "critical" },
        { id: "stalled", when: { status: "stall" }, forSeconds: 30 },
        { id: "unowned-partition", when: { unownedSeconds: 30 }, forSeconds: 0 },
        { id: "dashboard-blind", when: { staleSeconds: 30 }, forSeconds: 0 },
      ],
      channels: [
        { id: "terminal", kind: "webhook", url: connections.alerts, secret: "the-secret-of-the-demo" },
      ],
    },
    eventHubs: demoHubs.map(({ name }) => ({
      eventHubName: name,
      connectionString: connections.eventHubs,
      inspectionConsumerGroup,
      ownershipExpirationSeconds,
      consumerGroups: silentGroups
        .filter(({ eventHub }) => eventHub === name)
        .map(({ consumerGroup }) => consumerGroup),
      checkpointStores: [{ connectionString: connections.storage, container: connections.container }],
    })),
  };
}
