import { expect } from "vitest";
import { diagnosisSchema } from "#lib/api/diagnosis.ts";
import { AppError, type ErrorCode } from "#lib/core/app-error.ts";
import type { StoredGroup, StoreReading, StoreSurvey } from "#lib/core/stored-blobs.ts";
import { diagnose } from "#lib/diagnosis/diagnose.ts";
import type { DiagnosedHub, DiagnosedStore } from "#lib/diagnosis/subject-hub.ts";
import type { HubSource, MonitoredHub } from "#lib/monitor/sources.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { refresher } from "#tests/support/simulated/refreshed-hub.ts";

export const store: DiagnosedStore = {
  id: "main",
  isAccount: false,
  credential: "identity",
  containerName: "checkpoints",
  formats: ["common", "functions", "dapr"],
  prefix: "",
  consumerGroup: null,
  looksAround: true,
  claimedElsewhere: [],
};
export const configured: DiagnosedHub = {
  fullyQualifiedNamespace: "contoso.servicebus.windows.net",
  eventHubName: "orders",
  credential: "identity",
  transport: "amqp",
  namespaceAliases: [],
  consumerGroups: ["billing"],
  inspectionConsumerGroup: "tidemark",
  ownershipExpirationSeconds: null,
  stores: [store],
};
const survey: StoreSurvey = {
  prefixes: ["contoso.servicebus.windows.net/orders/"],
  trees: [{ namespace: "contoso.servicebus.windows.net", eventHubName: "orders" }],
  unclaimed: [],
  isComplete: true,
  softDeleteDays: 0,
  keepsVersions: false,
};
export const billing = storedGroup("billing", [checkpoint("0", 89)]);
export const reading = (
  groups: readonly StoredGroup[] = [billing],
  over: Partial<StoreSurvey> = {},
): StoreReading => ({
  ...storeReading(groups),
  heardAt: noon + 500,
  survey: { ...survey, ...over },
});
export const one = hubReading([properties("0")]);
export const failing = (code: ErrorCode) => () => Promise.reject(new AppError(code, `What ${code} means.`));

export const catalog = { consumerGroups: async () => ["billing", "tidemark"], fault: () => null };

interface World {
  hub?: HubSource["read"];
  store?: () => Promise<StoreReading>;
  config?: Partial<DiagnosedHub>;
  monitored?: Partial<MonitoredHub>;
  leftBehind?: Parameters<typeof diagnose>[2];
}

export async function diagnosed({ hub, store: read, config, monitored, leftBehind = new Map() }: World = {}) {
  const stores = { main: read ?? (async () => reading()) };
  const source = monitoredHub(hub ?? (async () => one), stores, { catalog, ...monitored });
  const snapshot = await refresher(source)();
  const { checks } = diagnosisSchema.parse(diagnose({ ...configured, ...config }, snapshot, leftBehind));
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  for (const { state, remedy } of checks.filter((check) => check.state === "fail")) {
    expect(remedy, state).not.toBeNull();
  }
  return {
    checks,
    check: (id: string) => checks.find((check) => check.id === id),
    off: checks.filter(({ state }) => state !== "pass").map(({ id, state }) => [id, state]),
  };
}
