import type { Check, Diagnosis } from "#lib/api/diagnosis.ts";
import type { HubSnapshot, RefreshEvidence } from "#lib/monitor/snapshot.ts";
import { duplicatesCheck, formatsCheck, unreadableCheck } from "./blob-checks.ts";
import { warn } from "./check.ts";
import { aheadCheck, configuredGroupsCheck } from "./group-checks.ts";
import { hubChecks, inspectionCheck, resourceManagerCheck } from "./hub-checks.ts";
import { clockCheck, prefixCheck, reachChecks, retentionCheck, unclaimedCheck } from "./store-checks.ts";
import type { DiagnosedHub, DiagnosedStore } from "./subject-hub.ts";

/**
 * What was looked at, whether it is as it should be, and what to do: told from the last refresh and the latest
 * surveys of the stores. Asks nobody anything.
 */
export function diagnose(hub: DiagnosedHub, snapshot: HubSnapshot): Diagnosis {
  const { eventHub, evidence } = snapshot;
  const answer = (checks: Check[]) => ({ hub: eventHub.id, observedAt: eventHub.observedAt, checks });
  if (evidence === null) {
    const subject = { check: "firstRefresh", title: "The hub was read", store: null };
    return answer([
      warn(subject, { detail: "The first refresh has not finished yet.", remedy: "Wait some seconds." }),
    ]);
  }
  return answer([
    ...hubChecks(hub, evidence.hub),
    ...hub.stores.flatMap((store) => storeChecks(hub, store, evidence)),
    configuredGroupsCheck(hub, snapshot),
    aheadCheck(snapshot),
    inspectionCheck(hub, evidence.catalog),
    resourceManagerCheck(evidence.catalog),
  ]);
}

function storeChecks(hub: DiagnosedHub, store: DiagnosedStore, { stores }: RefreshEvidence): Check[] {
  const seen = stores.find(({ id }) => id === store.id);
  if (seen === undefined) return [];
  const reached = reachChecks(store, seen);
  const { reading } = seen;
  if (reading === null) return reached;
  if (store.isAccount) return [...reached, clockCheck(store, reading)];
  const namespaces = [hub.fullyQualifiedNamespace, ...hub.namespaceAliases];
  return [
    ...reached,
    prefixCheck(store, reading, namespaces, hub.eventHubName),
    formatsCheck(store, reading),
    unreadableCheck(store, reading),
    duplicatesCheck(store, reading),
    ...(reading.survey !== null && store.looksAround
      ? [unclaimedCheck(store, reading.survey), retentionCheck(store, reading.survey)]
      : []),
    clockCheck(store, reading),
  ];
}
