import { existsSync } from "node:fs";
import { accessSchema } from "./access-config.ts";
import { readAccess } from "./access-settings.ts";
import { resolveAlerts } from "./alerts-config.ts";
import { type Config, ConfigError, type HubConfig } from "./config.ts";
import { hubFromEnvironment } from "./environment-hub.ts";
import { readHistoryPlace } from "./history-place.ts";
import { readLogLevel } from "./log-level.ts";
import { readOtlpSettings } from "./otlp-settings.ts";
import { type CheckedFile, checkShape, readConfigFile } from "./read-config-file.ts";
import { resolveHub } from "./resolve-hub.ts";
import { readServerSettings } from "./server-settings.ts";
import { reportSharedTrees } from "./shared-trees.ts";
import type { Environment } from "./substitute.ts";

const defaultFile = "tidemark.config.json";

/**
 * The whole configuration, from `TIDEMARK_CONFIG` or else from the environment (contract, section 2).
 * @throws ConfigError with every fault at once; no secret is in its message
 */
export function loadConfig(env: Environment): Config {
  const problems: string[] = [];
  const report = (problem: string) => problems.push(problem);
  const settings = readServerSettings(env, report);
  const place = readHistoryPlace(env, report);
  const otlp = readOtlpSettings(env, report);
  readLogLevel(env, report);
  const { file, parts } = readFile(env, report) ?? { file: null, parts: null };
  const entries = (parts?.eventHubs ?? []).flatMap((entry, index) => {
    if (entry === null) return [];
    const path = `eventHubs[${index}]`;
    const resolved = resolveHub(entry, path, report);
    return resolved === null ? [] : [{ path, resolved }];
  });
  const hubs = entries.flatMap(({ path, resolved }) =>
    "eventHubName" in resolved ? [{ path, hub: resolved }] : [],
  );
  const namespaces = entries.flatMap(({ resolved }) => ("eventHubName" in resolved ? [] : [resolved]));
  const alerts = resolveAlerts(parts?.alerts ?? { channels: [] }, report);
  const access = readAccess(env, parts?.access ?? accessSchema.parse({}), settings.server.publicUrl, report);
  reportDoubles(hubs, report);
  reportSharedTrees(hubs, report);
  if (problems.length > 0 || file === null) {
    throw new ConfigError([...new Set(problems)]);
  }
  return {
    refreshSeconds: file.refreshSeconds,
    ...settings,
    history: { ...file.history, ...place },
    liveResets: file.liveResets,
    alerts,
    access,
    eventHubs: hubs.map(({ hub }) => hub),
    namespaces,
    otlp,
  };
}

function readFile(env: Environment, report: (problem: string) => void): CheckedFile | null {
  const named = env.TIDEMARK_CONFIG?.trim();
  if (named) {
    return readConfigFile(named, env, report);
  }
  if (existsSync(defaultFile)) {
    return readConfigFile(defaultFile, env, report);
  }
  const hub = hubFromEnvironment(env, report);
  if (hub === null) {
    report(
      `there is none: write ${defaultFile}, name a file in TIDEMARK_CONFIG, or set EVENTHUB_CONNECTION_STRING, ` +
        "EVENTHUB_NAME, STORAGE_CONNECTION_STRING and CHECKPOINT_CONTAINER",
    );
    return null;
  }
  return checkShape({ eventHubs: [hub] }, report);
}

function reportDoubles(
  hubs: readonly { path: string; hub: HubConfig }[],
  report: (problem: string) => void,
): void {
  const ids = new Set<string>();
  const trees = new Set<string>();
  for (const { path, hub } of hubs) {
    if (ids.has(hub.id)) {
      report(`${path}.id: ${JSON.stringify(hub.id)} stands twice; give each hub an id of its own`);
    }
    ids.add(hub.id);
    for (const [storeIndex, store] of hub.checkpointStores.entries()) {
      // Names compare without case; a container's URL and a prefix are case-sensitive.
      const tree = JSON.stringify([
        hub.fullyQualifiedNamespace.toLowerCase(),
        hub.eventHubName.toLowerCase(),
        store.containerUrl,
        store.prefix ?? "",
      ]);
      if (trees.has(tree)) {
        report(
          `${path}.checkpointStores[${storeIndex}]: the same namespace, hub, container and prefix stand twice`,
        );
      }
      trees.add(tree);
    }
  }
}
