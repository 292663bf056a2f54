import { startSilentService } from "#tests/support/proxies/silent-service.ts";
import { startDashboard, type TestDashboard } from "./dashboard.ts";

/** A dashboard whose one hub, `orders`, never answers: for what is not about figures. Ended, it takes the hub along. */
export async function startIdleDashboard(
  config: object,
  env: Record<string, string>,
): Promise<TestDashboard> {
  const silent = await startSilentService();
  const store = { connectionString: "UseDevelopmentStorage=true", container: "checkpoints" };
  const hub = {
    eventHubName: "orders",
    connectionString: silent.connectionString,
    checkpointStores: [store],
  };
  const dashboard = await startDashboard({ eventHubs: [hub], ...config }, env);
  return {
    ...dashboard,
    end: async (signal) => {
      const ended = await dashboard.end(signal);
      await silent.stop();
      return ended;
    },
  };
}
