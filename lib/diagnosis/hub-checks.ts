import type { Check } from "#lib/api/diagnosis.ts";
import type { ErrorCode } from "#lib/core/app-error.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { RefreshEvidence } from "#lib/monitor/snapshot.ts";
import { counted, fail, pass, type Subject, skip, warn } from "./check.ts";
import { notChecked } from "./not-checked.ts";
import type { DiagnosedHub } from "./subject-hub.ts";

type HubEvidence = RefreshEvidence["hub"];

/** Codes that come from the service itself: it was reached, whatever it said. */
const answered: ReadonlySet<ErrorCode> = new Set(["azureUnauthorized", "azureThrottled", "eventHubNotFound"]);

const about = (check: string, title: string): Subject => ({ check, title, store: null, names: "ownHub" });
const reach = about("namespace", "The namespace can be reached");
const rights = about("propertiesRights", "Properties may be read");
const exists = about("eventHub", "The event hub and its partitions answer");

/** Namespace, rights and hub: what one reading of the hub's properties tells. */
export function hubChecks(hub: DiagnosedHub, { reading, fault }: HubEvidence): Check[] {
  const where = hub.fullyQualifiedNamespace;
  if (fault === null) {
    if (reading === null) return [reach, rights, exists].map((one) => skip(one, notChecked.hubUnread));
    return [
      pass(reach, { detail: `${where} answered.` }),
      pass(rights, { detail: "This dashboard's identity may read the hub's properties." }),
      partitions(hub, reading),
    ];
  }
  const isReached = answered.has(fault.code);
  const isRefused = fault.code === "azureUnauthorized";
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
      : skip(rights, isReached ? notChecked.rightsUnseen : notChecked.namespaceFailed),
    fault.code === "eventHubNotFound"
      ? fail(exists, { detail: withCode(fault), remedy: "Correct eventHubName, or the namespace beside it." })
      : isReached && !isRefused
        ? warn(exists, { detail: withCode(fault) })
        : skip(exists, isReached ? notChecked.hubRefused : notChecked.namespaceFailed),
  ];
}

function partitions(hub: DiagnosedHub, { partitions: all }: HubReading): Check {
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
  const subject = about("resourceManager", "Azure lists the consumer groups");
  const remedy = "Groups that never checkpointed are shown where consumerGroups names them, too.";
  if (catalog === null) {
    return skip(subject, notChecked.resourceManagerOff);
  }
  if (catalog.fault !== null) return warn(subject, { detail: withCode(catalog.fault), remedy });
  return pass(subject, {
    detail: `Azure Resource Manager lists ${counted(catalog.consumerGroups.length, "group")}.`,
  });
}

export function inspectionCheck(hub: DiagnosedHub, catalog: RefreshEvidence["catalog"]): Check {
  const subject = about("inspectionGroup", "There is a group to read single events with");
  const name = hub.inspectionConsumerGroup;
  const create = "Create a consumer group for the dashboard alone, and name it in inspectionConsumerGroup.";
  if (name === null) {
    return warn(subject, {
      detail:
        "inspectionConsumerGroup is not configured: events can be read only while their own group is idle.",
      remedy: create,
    });
  }
  if (catalog === null) return skip(subject, notChecked.groupNotAsked(name));
  if (catalog.fault !== null) return skip(subject, notChecked.groupNotListed(name));
  if (catalog.consumerGroups.some((one) => one.toLowerCase() === name.toLowerCase())) {
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
