import { Monitor } from "#lib/monitor/monitor.ts";
import type { Config } from "./config/config.ts";
import { createRuntime } from "./create-runtime.ts";
import { log } from "./http/log.ts";
import { logFaults } from "./log-faults.ts";
import type { Runtime } from "./runtime.ts";
import { watchNamespaces } from "./watch-namespaces.ts";

export interface Dashboard {
  runtime: Runtime;
  start(): void;
  stop(): Promise<void>;
}

/** Puts the parts together, as configured. Nothing is read until it is started. */
export function createDashboard(config: Config): Dashboard {
  const watched = watchNamespaces(config);
  const monitor = new Monitor(watched.initial, config.refreshSeconds * 1000, (hub, error) =>
    log.error({ hub, err: error }, "A refresh failed inside the dashboard; the next one is tried as usual."),
  );
  logFaults(monitor);
  return {
    runtime: createRuntime(monitor, config.refreshSeconds, watched.configs),
    start: () => {
      monitor.start();
      watched.start(monitor);
    },
    stop: async () => {
      await watched.stop();
      await monitor.stop();
    },
  };
}
