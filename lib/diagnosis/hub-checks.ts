import type { Check } from "#lib/api/diagnosis.ts";
import type { ErrorCode } from "#lib/core/app-error.ts";
import type { RefreshEvidence } from "#lib/monitor/snapshot.ts";
import { counted, fail, pass, type Subject, warn } from "./check.ts";
import type { DiagnosedHub } from "./subject-hub.ts";

type HubEvidence = RefreshEvidence["hub"];

/** Codes that come from the service itself: it was reached, whatever it said. */
const answered: ReadonlySet<ErrorCode> = new Set(["azureUnauthorized", "azureThrottled", "eventHubNotFound"]);

const reach: Subject = { check: "namespace", title: "The namespace can be reached", store: null };
const rights: Subject = { check: "propertiesRights", title: "Properties may be read", store: null };
const exists: Subject = { check: "eventHub", title: "The event hub and its partitions answer", store: null };

/** Namespace, rights and hub: what one reading of the hub's properties tells. */
export function hubChecks(hub: DiagnosedHub, { reading, fault }: HubEvidence): Check[] {
  const where = hub.fullyQualifiedNamespace;
  if (fault === null) {
    return [
      pass(reach, { detail: `${where} answered.` }),
      pass(rights, { detail: "This dashboard's identity may read the hub's properties." }),
      partitions(hub, reading),
    ];
  }
  const isReached = answered.has(fault.code);
  const isRefused = fault.code === "azureUnauthorized";
  const toldAbove = "Nothing can be said of it before the checks above pass.";
  return [
    isReached
      ? pass(reach, { detail: `${where} answered.` })
      : fail(reach, {
          detail: withCode(fault),
          remedy: "Check the namespace's name, DNS, port 5671 in firewalls, and private endpoints.",
        }),
    isRefused
      ? fail(rights, {
          detail: withCode(fault),
          remedy:
            hub.credential === "identity"
              ? "Give the identity Azure Event Hubs Data Receiver on the hub or its namespace; a consumer group's scope is not enough."
              : "Take the connection string of a shared access policy with the Listen right, of the hub or its namespace, and look whether its key was renewed.",
        })
      : isReached
        ? pass(rights, { detail: "The namespace did not refuse this dashboard's identity." })
        : warn(rights, { detail: toldAbove }),
    fault.code === "eventHubNotFound"
      ? fail(exists, { detail: withCode(fault), remedy: "Correct eventHubName, or the namespace beside it." })
      : warn(exists, { detail: isReached && !isRefused ? withCode(fault) : toldAbove }),
  ];
}

function partitions(hub: DiagnosedHub, reading: HubEvidence["reading"]): Check {
  const all = reading?.partitions ?? [];
  const broken = all.filter(({ error }) => error !== null);
  const detail = `${hub.eventHubName} has ${counted(all.length, "partition")}`;
  if (broken.length === 0) return pass(exists, { detail: `${detail}; all of them answered.` });
  return warn(exists, {
    detail: `${detail}; ${broken.length} did not answer. The first: ${broken[0]?.error?.message ?? ""}`,
    remedy: "If it lasts, look at the namespace's health in the portal.",
    items: broken.map(({ partitionId }) => partitionId),
  });
}

/** What Azure Resource Manager was asked, which is never a failure. */
export function resourceManagerCheck(catalog: RefreshEvidence["catalog"]): Check {
  const subject = { check: "resourceManager", title: "Azure lists the consumer groups", store: null };
  const remedy = "Groups that never checkpointed are shown where consumerGroups names them, too.";
  if (catalog === null) {
    return pass(subject, {
      detail: "Azure Resource Manager is not asked: subscriptionId and resourceGroup are not configured.",
      remedy,
    });
  }
  if (catalog.fault !== null) return warn(subject, { detail: withCode(catalog.fault), remedy });
  return pass(subject, {
    detail: `Azure Resource Manager lists ${counted(catalog.consumerGroups.length, "group")}.`,
  });
}

export function inspectionCheck(hub: DiagnosedHub, catalog: RefreshEvidence["catalog"]): Check {
  const subject = {
    check: "inspectionGroup",
    title: "There is a group to read single events with",
    store: null,
  };
  const name = hub.inspectionConsumerGroup;
  const create = "Create a consumer group for the dashboard alone, and name it in inspectionConsumerGroup.";
  if (name === null) {
    return warn(subject, {
      detail:
        "inspectionConsumerGroup is not configured: events can be read only while their own group is idle.",
      remedy: create,
    });
  }
  const known = catalog !== null && catalog.fault === null ? catalog.consumerGroups : null;
  if (known === null)
    return pass(subject, {
      detail: `${JSON.stringify(name)} is configured; whether it exists was not asked.`,
    });
  if (known.some((one) => one.toLowerCase() === name.toLowerCase())) {
    return pass(subject, { detail: `${JSON.stringify(name)} is configured, and exists.` });
  }
  return fail(subject, {
    detail: `${JSON.stringify(name)} is configured, but the hub has no such group.`,
    remedy: create,
  });
}

export function withCode({ code, message }: { code: ErrorCode; message: string }): string {
  return `${message} [${code}]`;
}
