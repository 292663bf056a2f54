import type { Check, Diagnosis } from "#lib/api/diagnosis.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { HubSnapshot, RefreshEvidence } from "#lib/monitor/snapshot.ts";
import type { CleanupFacts } from "#lib/ownership/cleanup-candidates.ts";
import { duplicatesCheck, formatsCheck, unreadableCheck } from "./blob-checks.ts";
import { type Subject, skip } from "./check.ts";
import { cleanupCheck } from "./cleanup-check.ts";
import { aheadCheck, configuredGroupsCheck } from "./group-checks.ts";
import { hubChecks, inspectionCheck, resourceManagerCheck } from "./hub-checks.ts";
import { clockCheck, prefixCheck, reachChecks, retentionCheck, unclaimedCheck } from "./store-checks.ts";
import type { DiagnosedHub, DiagnosedStore } from "./subject-hub.ts";

/**
 * Runs all checks on the last refresh and the stores' latest surveys, without any request. `leftBehind`: what
 * recorded moves left behind, by store; null: not known.
 */
export function diagnose(
  hub: DiagnosedHub,
  snapshot: HubSnapshot,
  leftBehind: ReadonlyMap<string, CleanupFacts["leftBehind"]> | null,
): Diagnosis {
  const { eventHub, evidence } = snapshot;
  const answer = (checks: Check[]) => ({ hub: eventHub.id, observedAt: eventHub.observedAt, checks });
  if (evidence === null) {
    const subject: Subject = {
      check: "firstRefresh",
      title: "First read of the event hub",
      store: null,
      names: "ownHub",
    };
    return answer([skip(subject, reason("hubNotReadYet"))]);
  }
  return answer([
    ...hubChecks(hub, evidence.hub),
    ...hub.stores.flatMap((store) => storeChecks(hub, store, evidence, leftBehind)),
    configuredGroupsCheck(hub, snapshot),
    aheadCheck(snapshot),
    inspectionCheck(hub, evidence.catalog),
    resourceManagerCheck(evidence.catalog),
  ]);
}

/** Unread stores are listed too: a missing check looks like a passed one. */
function storeChecks(
  hub: DiagnosedHub,
  store: DiagnosedStore,
  evidence: RefreshEvidence,
  leftBehind: Parameters<typeof diagnose>[2],
): Check[] {
  const seen = evidence.stores.find(({ id }) => id === store.id) ?? null;
  const reached = reachChecks(store, seen);
  const reading = seen?.reading ?? null;
  if (store.isAccount) return [...reached, clockCheck(store, reading)];
  const namespaces = [hub.fullyQualifiedNamespace, ...hub.namespaceAliases];
  const survey = reading?.survey ?? null;
  return [
    ...reached,
    prefixCheck(store, reading, namespaces, hub.eventHubName),
    formatsCheck(store, reading),
    unreadableCheck(store, reading),
    duplicatesCheck(store, reading),
    cleanupCheck(hub, store, reading, evidence, leftBehind && (leftBehind.get(store.id) ?? new Map())),
    // When stores share a container, only one reports what else is there.
    ...(store.looksAround
      ? [unclaimedCheck(store, survey, reading !== null), retentionCheck(store, survey, reading !== null)]
      : []),
    clockCheck(store, reading),
  ];
}
