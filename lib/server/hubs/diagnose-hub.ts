import type { Diagnosis } from "#lib/api/diagnosis.ts";
import { diagnose } from "#lib/diagnosis/diagnose.ts";
import type { DiagnosedStore } from "#lib/diagnosis/subject-hub.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import type { HubConfig, StoreConfig } from "#lib/server/config/config.ts";
import type { LeftInStores } from "#lib/server/resets/left-behind-memory.ts";
import { storeInAccount } from "./store-source.ts";

/**
 * Diagnoses a hub from its last snapshot; a snapshot from another dashboard brings its diagnosis. Null: the
 * hub is gone. `all`: all known hubs, since their claims matter.
 */
export function diagnoseHub(
  all: readonly HubConfig[],
  snapshot: HubSnapshot,
  leftBehind: LeftInStores,
): Diagnosis | null {
  const hub = all.find(({ id }) => id === snapshot.eventHub.id);
  if (hub === undefined) return null;
  if (snapshot.evidence === null && snapshot.diagnosis !== undefined) return snapshot.diagnosis;
  const claims = all.flatMap(({ checkpointStores }) => checkpointStores.filter(claimsHubless));
  const seen = (snapshot.evidence?.stores ?? []).map(({ id }) => id);
  const stores = hub.checkpointStores.flatMap((store) => [store, ...foundIn(store, seen)]);
  return diagnose(
    { ...hub, stores: stores.map((store) => diagnosedStore(store, claims, isFirst(store, stores))) },
    snapshot,
    leftBehind,
  );
}

function foundIn(store: StoreConfig, seen: readonly string[]): StoreConfig[] {
  if (!store.isAccount) return [];
  const start = `${store.id}/`;
  return seen.filter((id) => id.startsWith(start)).map((id) => storeInAccount(store, id.slice(start.length)));
}

function isFirst(store: StoreConfig, stores: readonly StoreConfig[]): boolean {
  return stores.find(({ containerUrl }) => containerUrl === store.containerUrl) === store;
}

function claimsHubless({ formats }: StoreConfig): boolean {
  return formats.includes("eph") || formats.includes("go3");
}

function diagnosedStore(
  store: StoreConfig,
  claims: readonly StoreConfig[],
  looksAround: boolean,
): DiagnosedStore {
  const { id, isAccount, credential, containerName, formats, consumerGroup } = store;
  return {
    id,
    isAccount,
    credential,
    containerName,
    formats,
    prefix: store.prefix ?? "",
    consumerGroup,
    looksAround,
    claimedElsewhere: claims
      .filter((other) => other !== store && other.containerUrl === store.containerUrl)
      .map(({ prefix }) => prefix ?? ""),
  };
}
