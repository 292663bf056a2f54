import { startLocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { localNamespace } from "#tests/support/worlds/local-world.ts";
import { readEvents } from "../server-sent-events.ts";
import { churnExpirationSeconds } from "./churn.ts";
import { type SimulatedStore, startSimulatedStore } from "./simulated-store.ts";

const eventsEach = 20;

interface LargeHub {
  name: string;
  partitions: number;
  groups: number;
  churns?: boolean;
}

interface LargeSources {
  store: SimulatedStore;
  /** @param reader tells a dashboard's listings from those of the others */
  configOf(refreshSeconds: number, reader?: string): object;
  requests(): number;
  stop(): Promise<void>;
}

interface LargeWorld extends Pick<LargeSources, "store" | "requests" | "stop"> {
  dashboard: TestDashboard;
  refreshes(): number;
}

/** The local endpoint and a simulated store, for hubs that are too large for Azurite. */
export async function startLargeSources(hubs: readonly LargeHub[]): Promise<LargeSources> {
  const eventHubs = await startLocalEventHubs({
    eventHubs: hubs.map(({ name, partitions }) => ({ name, partitionCount: partitions })),
  });
  for (const { name, partitions } of hubs) {
    for (let partition = 0; partition < partitions; partition += 1) {
      eventHubs.append(
        name,
        String(partition),
        Array.from({ length: eventsEach }, (_, body) => ({ body })),
      );
    }
  }
  const store = await startSimulatedStore(
    hubs.map(({ name, ...hub }) => ({ namespace: localNamespace, eventHubName: name, ...hub })),
  );
  return {
    store,
    configOf: (refreshSeconds, reader = "account") => ({
      refreshSeconds,
      eventHubs: hubs.map(({ name, churns = false }) => ({
        eventHubName: name,
        connectionString: eventHubs.connectionString,
        ownershipExpirationSeconds: churns ? churnExpirationSeconds : 86_400,
        checkpointStores: [
          { id: "main", connectionString: store.connectionStringOf(reader), container: "container" },
        ],
      })),
    }),
    requests: () => {
      const { eventHubReads, partitionReads } = eventHubs.requests();
      return eventHubReads + partitionReads + store.requests();
    },
    stop: async () => {
      await Promise.all([store.stop(), eventHubs.stop()]);
    },
  };
}

/** A built dashboard on large sources. */
export async function startLargeWorld(
  hubs: readonly LargeHub[],
  refreshSeconds: number,
  env: Record<string, string> = {},
): Promise<LargeWorld> {
  const sources = await startLargeSources(hubs);
  const dashboard = await startDashboard(sources.configOf(refreshSeconds), env);
  const stream = await readEvents(`${dashboard.url}/api/v1/stream`);
  let heard = 0;
  const follow = async () => {
    for (;;) {
      await stream.next("snapshot");
      heard += 1;
    }
  };
  void follow().catch(() => {});
  return {
    dashboard,
    store: sources.store,
    requests: sources.requests,
    refreshes: () => heard,
    stop: async () => {
      stream.close();
      await dashboard.end();
      await sources.stop();
    },
  };
}
