import type { Secret } from "#lib/core/secret.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";

/** One checkpoint store of a hub, resolved: either with a connection string, or by URL and credential. */
export interface StoreConfig {
  id: string;
  /** `https://account.blob.core.windows.net/container`, without a query. */
  containerUrl: string;
  containerName: string;
  connectionString: Secret | null;
  prefix: string | null;
  consumerGroup: string | null;
  formats: readonly CheckpointFormat[];
}

export interface HubConfig {
  id: string;
  fullyQualifiedNamespace: string;
  eventHubName: string;
  connectionString: Secret | null;
  inspectionConsumerGroup: string | null;
  ownershipExpirationSeconds: number | null;
  consumerGroups: readonly string[];
  checkpointStores: readonly StoreConfig[];
  namespaceAliases: readonly string[];
}

export interface ServerConfig {
  hostname: string;
  port: number;
  /** Beside `hostname` and the loopback names. Lower case, without a port. */
  allowedHosts: readonly string[];
}

export interface Config {
  refreshSeconds: number;
  readOnly: boolean;
  server: ServerConfig;
  eventHubs: readonly HubConfig[];
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
