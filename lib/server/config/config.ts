import type { Secret } from "#lib/core/secret.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { LiveSettings } from "#lib/reset/group/live-pace.ts";
import type { AccessConfig } from "./access-config.ts";
import type { AlertsConfig } from "./alerts-config.ts";
import type { OtlpConfig } from "./otlp-settings.ts";
import type { ProxySettings } from "./proxy-settings.ts";

type CredentialKind = "identity" | "key" | "signature";

export interface StoreConfig {
  id: string;
  /** A whole account to search; `containerUrl` is then the account's. */
  isAccount: boolean;
  containerUrl: string;
  containerName: string;
  connectionString: Secret | null;
  credential: CredentialKind;
  prefix: string | null;
  consumerGroup: string | null;
  formats: readonly CheckpointFormat[];
}

export interface ResourceConfig {
  subscriptionId: string;
  resourceGroup: string;
  resourceManagerUrl: string | null;
}

export interface NamespaceConfig extends Omit<HubConfig, "id" | "eventHubName"> {
  /** Null: each hub found gets its own name as id. */
  id: string | null;
}

interface GroupSettings {
  consumerGroup: string;
  allowedLag: number | null;
}

export interface HubConfig {
  id: string;
  fullyQualifiedNamespace: string;
  eventHubName: string;
  connectionString: Secret | null;
  credential: CredentialKind;
  transport: "amqp" | "webSockets";
  /** Null: no ceiling. */
  propertyReadsPerSecond: number | null;
  inspectionConsumerGroup: string | null;
  ownershipExpirationSeconds: number | null;
  consumerGroups: readonly string[];
  allowedLag: number;
  consumerGroupSettings: readonly GroupSettings[];
  checkpointStores: readonly StoreConfig[];
  namespaceAliases: readonly string[];
  partitionMetrics: boolean;
  resource: ResourceConfig | null;
}

export interface ServerConfig {
  hostname: string;
  port: number;
  /**
   * The public address for links: `https://tidemark.example`. Null: not told. `allowedHosts` come besides
   * `hostname` and the loopback names, lower-cased and without port.
   */
  publicUrl: string | null;
  allowedHosts: readonly string[];
}

export interface HistoryConfig {
  /** Absolute; used if `databaseUrl` is null. */
  dataDir: string;
  databaseUrl: Secret | null;
  rawDays: number;
  minuteDays: number;
  hourDays: number;
}

export interface Config {
  history: HistoryConfig;
  liveResets: LiveSettings;
  refreshSeconds: number;
  readOnly: boolean;
  alerts: AlertsConfig;
  mcp: boolean;
  access: AccessConfig;
  server: ServerConfig;
  eventHubs: readonly HubConfig[];
  namespaces: readonly NamespaceConfig[];
  otlp: OtlpConfig | null;
  proxies: ProxySettings | null;
}

/** Lists all faults of the configuration, each as `path: what`, without secrets. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? "a fault" : `${problems.length} faults`}:\n` +
        problems.map((problem) => `  - ${problem}`).join("\n"),
    );
    this.name = "ConfigError";
    this.problems = problems;
  }
}
