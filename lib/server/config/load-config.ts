import { existsSync } from "node:fs";
import { accessSchema } from "./access-config.ts";
import { readAccess, reportTokens } from "./access-settings.ts";
import { resolveAlerts } from "./alerts-config.ts";
import { type Config, ConfigError, type HubConfig, type NamespaceConfig } from "./config.ts";
import { readDatabaseAddress } from "./database-address.ts";
import { hubFromEnvironment } from "./environment-hub.ts";
import { Faults } from "./file/faults.ts";
import { type CheckedFile, checkShape, readConfigFile } from "./file/read-config-file.ts";
import type { SoundParts } from "./file/sound-parts.ts";
import { readLogLevel } from "./log-level.ts";
import { readOtlpSettings } from "./otlp-settings.ts";
import { readProxySettings } from "./proxy-settings.ts";
import { type ResolvedHub, resolveHub } from "./resolve-hub.ts";
import { readServerSettings } from "./server-settings.ts";
import { reportSharedTrees } from "./shared-trees.ts";
import type { Environment } from "./substitute.ts";

const defaultFile = "tidemark.config.json";
const noParts: SoundParts = {
  eventHubs: [],
  alerts: { rules: undefined, ruleIds: [], channels: [], channelIds: [] },
  access: null,
  tokens: [],
};

export function configFileOf(env: Environment): string | null {
  return env.TIDEMARK_CONFIG?.trim() || (existsSync(defaultFile) ? defaultFile : null);
}

/**
 * Loads the configuration from `TIDEMARK_CONFIG` or the environment.
 * @param content the file's text if already read
 * @throws ConfigError with all faults at once, without secrets
 */
export function loadConfig(env: Environment, content?: string): Config {
  const faults = new Faults();
  const { report } = faults;
  const settings = readServerSettings(env, report);
  const database = readDatabaseAddress(env, report);
  const otlp = readOtlpSettings(env, report);
  readLogLevel(env, report);
  const proxies = readProxySettings(env, report);
  const { file, parts } = readFile(env, faults, content) ?? { file: null, parts: noParts };
  const hubs = parts.eventHubs.flatMap((entry, index) =>
    entry === null ? [] : [resolveHub(entry, `eventHubs[${index}]`, faults)],
  );
  const alerts = resolveAlerts(parts.alerts, report);
  const section = parts.access ?? accessSchema.parse({});
  const access = readAccess(env, section, settings.server.publicUrl, report);
  reportTokens(parts.tokens, report);
  reportDoubles(hubs, faults);
  reportSharedTrees(hubs, faults);
  if (faults.problems.length > 0 || file === null) {
    throw new ConfigError(faults.problems);
  }
  const configs = hubs.flatMap(({ config }) => (config === null ? [] : [config]));
  return {
    refreshSeconds: file.refreshSeconds,
    ...settings,
    history: { ...file.history, ...database },
    liveResets: file.liveResets,
    alerts,
    mcp: file.mcp,
    access,
    eventHubs: configs.filter((config): config is HubConfig => "eventHubName" in config),
    namespaces: configs.filter((config): config is NamespaceConfig => !("eventHubName" in config)),
    otlp,
    proxies,
  };
}

function readFile(env: Environment, faults: Faults, content?: string): CheckedFile | null {
  const file = configFileOf(env);
  if (file !== null) return readConfigFile(file, env, faults, content);
  const hub = hubFromEnvironment(env, faults.report);
  if (hub === null) {
    faults.report(
      `no configuration was found: write ${defaultFile}, name a file in TIDEMARK_CONFIG, or set EVENTHUB_CONNECTION_STRING, ` +
        "EVENTHUB_NAME, STORAGE_CONNECTION_STRING and CHECKPOINT_CONTAINER",
    );
    return null;
  }
  return checkShape({ eventHubs: [hub] }, faults);
}

function reportDoubles(hubs: readonly ResolvedHub[], faults: Faults): void {
  const ids = new Set<string>();
  for (const { path, id } of hubs) {
    if (id === null) continue;
    if (ids.has(id)) {
      faults.report(`${path}.id: ${JSON.stringify(id)} stands twice; give each hub an id of its own`);
    }
    ids.add(id);
  }
}
