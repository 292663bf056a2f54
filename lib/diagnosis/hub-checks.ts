import type { Check } from "#lib/api/diagnosis.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import type { ErrorCode } from "#lib/core/app-error.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import type { RefreshEvidence } from "#lib/monitor/snapshot.ts";
import { fail, pass, type Subject, skip, warn } from "./check.ts";
import { unreachedCheck } from "./reach-check.ts";
import type { DiagnosedHub } from "./subject-hub.ts";

type HubEvidence = RefreshEvidence["hub"];

/** The service itself answered with these, so it was reached. */
const answered: ReadonlySet<ErrorCode> = new Set(["azureUnauthorized", "azureThrottled", "eventHubNotFound"]);

const about = (check: string, title: string): Subject => ({ check, title, store: null, names: "ownHub" });
const reach = about("namespace", "Namespace reachable");
const rights = about("propertiesRights", "Permission to read properties");
const exists = about("eventHub", "Event hub and partitions respond");

export function hubChecks(hub: DiagnosedHub, { reading, fault, reach: ways }: HubEvidence): Check[] {
  if (fault === null) {
    if (reading === null) return [reach, rights, exists].map((one) => skip(one, reason("hubNotReadYet")));
    return [
      pass(reach, { detail: reason("namespaceAnswered", { namespace: hub.fullyQualifiedNamespace }) }),
      pass(rights, { detail: reason("propertiesReadable") }),
      partitions(hub, reading),
    ];
  }
  const isReached = answered.has(fault.code);
  const isRefused = fault.code === "azureUnauthorized";
  return [
    isReached
      ? pass(reach, { detail: reason("namespaceAnswered", { namespace: hub.fullyQualifiedNamespace }) })
      : unreachedCheck(reach, hub, fault, ways),
    isRefused
      ? fail(rights, {
          detail: withCode(fault),
          remedy: reason(hub.credential === "identity" ? "grantReceiver" : "takeListenString"),
        })
      : skip(rights, isReached ? reason("rightsNotSeen") : reason("namespaceSilent")),
    fault.code === "eventHubNotFound"
      ? fail(exists, { detail: withCode(fault), remedy: reason("correctHubName") })
      : isReached && !isRefused
        ? warn(exists, { detail: withCode(fault) })
        : skip(exists, isReached ? reason("hubNotRead") : reason("namespaceSilent")),
  ];
}

function partitions(hub: DiagnosedHub, { partitions: all }: HubReading): Check {
  const broken = all.filter(({ error }) => error !== null);
  const seen = { eventHubName: hub.eventHubName, partitions: all.length };
  const [first] = broken;
  if (first?.error == null) return pass(exists, { detail: reason("partitionsAnswered", seen) });
  return warn(exists, {
    detail: reason("partitionsSilent", { ...seen, silent: broken.length, because: failureOf(first.error) }),
    remedy: reason("checkHealth"),
    items: broken.map(({ partitionId }) => partitionId),
  });
}

/** Reports the answer of Azure Resource Manager, which is never a failure. */
export function resourceManagerCheck(catalog: RefreshEvidence["catalog"]): Check {
  const subject = about("resourceManager", "Consumer groups listed by Azure");
  const remedy = reason("nameGroups");
  if (catalog === null) {
    return skip(subject, reason("resourceManagerOff"));
  }
  if (catalog.fault !== null) return warn(subject, { detail: withCode(catalog.fault), remedy });
  return pass(subject, {
    detail: reason("groupsListed", { groups: catalog.consumerGroups.length }),
  });
}

export function inspectionCheck(hub: DiagnosedHub, catalog: RefreshEvidence["catalog"]): Check {
  const subject = about("inspectionGroup", "Inspection group configured");
  const name = hub.inspectionConsumerGroup;
  const create = reason("createInspectionGroup");
  if (name === null) {
    return warn(subject, {
      detail: reason("noInspectionGroup"),
      remedy: create,
    });
  }
  if (catalog === null) return skip(subject, reason("groupNotAsked", { group: name }));
  if (catalog.fault !== null) return skip(subject, reason("groupNotListed", { group: name }));
  if (catalog.consumerGroups.some((one) => isSameName(one, name))) {
    return pass(subject, { detail: reason("inspectionGroupExists", { group: name }) });
  }
  return fail(subject, {
    detail: reason("inspectionGroupMissing", { group: name }),
    remedy: create,
  });
}

export function withCode({ code, message }: { code: ErrorCode; message: string }): Reason {
  return reason("checkFailed", { errorCode: code, errorMessage: message });
}
