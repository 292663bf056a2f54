import { Secret } from "#lib/core/secret.ts";
import { defaultLiveSettings, type LiveSettings } from "#lib/reset/live/limits.ts";
import { accessSchema } from "#lib/server/config/access-config.ts";
import { readAccess } from "#lib/server/config/access-settings.ts";
import type { Config } from "#lib/server/config/config.ts";
import { resolveHub } from "#lib/server/config/resolve-hub.ts";
import type { HubEntry } from "#lib/server/config/schema.ts";

export interface TestConfig {
  refreshSeconds: number;
  /** As `hubConfig` of the local world gives them. */
  hubs: readonly object[];
  dataDir: string;
  databaseUrl?: string;
  liveResets?: Partial<LiveSettings>;
}

/** A configuration for `createDashboard`, with refreshes quicker than a file may ask for. */
export function testConfig({ refreshSeconds, hubs, dataDir, databaseUrl, liveResets }: TestConfig): Config {
  const problems: string[] = [];
  const eventHubs = hubs
    .map((hub) => resolveHub(hub as HubEntry, "eventHubs", (problem) => problems.push(problem)))
    .filter((hub) => hub !== null)
    .filter((hub) => "eventHubName" in hub);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return {
    refreshSeconds,
    readOnly: true,
    server: { hostname: "127.0.0.1", port: 0, publicUrl: null, allowedHosts: [] },
    access: readAccess({}, accessSchema.parse({}), null, (problem) => problems.push(problem)),
    alerts: { rules: [], areDefaults: false, channels: [] },
    liveResets: { ...defaultLiveSettings, ...liveResets },
    history: {
      dataDir,
      databaseUrl: databaseUrl === undefined ? null : new Secret(databaseUrl),
      rawDays: 2,
      minuteDays: 30,
      hourDays: 365,
    },
    eventHubs,
    namespaces: [],
    otlp: null,
  };
}
