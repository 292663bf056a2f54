import { startSilentService } from "#tests/support/proxies/silent-service.ts";
import { startDashboard, type TestDashboard } from "./dashboard.ts";

/**
 * Starts a dashboard with one hub, `orders`, that never answers, for tests without figures. Its end stops the
 * hub, too.
 */
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
