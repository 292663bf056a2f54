import type { Secret } from "#lib/core/secret.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { LiveSettings } from "#lib/reset/live/limits.ts";
import type { AccessConfig } from "./access-config.ts";
import type { AlertsConfig } from "./alerts-config.ts";
import type { OtlpConfig } from "./otlp-settings.ts";
import type { ProxySettings } from "./proxy-settings.ts";

/** How a service lets the dashboard in: what to do about a refusal depends on it. */
type CredentialKind = "identity" | "key" | "signature";

/** One checkpoint store of a hub, resolved: either with a connection string, or by URL and credential. */
export interface StoreConfig {
  id: string;
  /** A whole account, whose containers are searched: `containerUrl` is then the account's, without a name. */
  isAccount: boolean;
  /** `https://account.blob.core.windows.net/container`, without a query. */
  containerUrl: string;
  /** Empty where it is an account. */
  containerName: string;
  connectionString: Secret | null;
  credential: CredentialKind;
  prefix: string | null;
  consumerGroup: string | null;
  formats: readonly CheckpointFormat[];
}

/** Where Azure Resource Manager knows the namespace, for what no blob tells. */
export interface ResourceConfig {
  subscriptionId: string;
  resourceGroup: string;
  /** The manager's own address; null: the public cloud's. */
  resourceManagerUrl: string | null;
}

/** A namespace whose hubs are to be found. */
export interface NamespaceConfig extends Omit<HubConfig, "id" | "eventHubName"> {
  /** Null: each hub found is known by its own name. */
  id: string | null;
}

/** What holds for the groups that a name or a pattern fits. */
interface GroupSettings {
  consumerGroup: string;
  /** Null: the hub's. */
  allowedLag: number | null;
}

export interface HubConfig {
  id: string;
  fullyQualifiedNamespace: string;
  eventHubName: string;
  connectionString: Secret | null;
  credential: CredentialKind;
  transport: "amqp" | "webSockets";
  inspectionConsumerGroup: string | null;
  ownershipExpirationSeconds: number | null;
  consumerGroups: readonly string[];
  /** The lag at which a partition still counts as level. */
  allowedLag: number;
  consumerGroupSettings: readonly GroupSettings[];
  checkpointStores: readonly StoreConfig[];
  namespaceAliases: readonly string[];
  /** False: its metrics are told by group, and not by partition. */
  partitionMetrics: boolean;
  resource: ResourceConfig | null;
}

export interface ServerConfig {
  hostname: string;
  port: number;
  /** How others reach it, for links: `https://tidemark.example`; null: not told. */
  publicUrl: string | null;
  /** Beside `hostname` and the loopback names. Lower case, without a port. */
  allowedHosts: readonly string[];
}

/** Where the history is kept, and for how long. */
export interface HistoryConfig {
  /** Absolute; used where `databaseUrl` is null. */
  dataDir: string;
  /** `postgres://…` */
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
  /** Tools for assistants are served at `/mcp`. */
  mcp: boolean;
  access: AccessConfig;
  server: ServerConfig;
  eventHubs: readonly HubConfig[];
  namespaces: readonly NamespaceConfig[];
  /** Null: metrics are sent nowhere. */
  otlp: OtlpConfig | null;
  /** Null: requests go out directly. */
  proxies: ProxySettings | null;
}

/** Everything that is wrong with the configuration, each as `path: what`. No secret is in it. */
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
