import { createHash } from "node:crypto";
import { type AlertMessage, oneLine } from "../message.ts";

export function facts({ incident }: AlertMessage): { name: string; value: string }[] {
  if (incident === null) return [];
  const pairs: [string, string | null][] = [
    ["Event hub", `${incident.fullyQualifiedNamespace}/${incident.eventHubName}`],
    ["Consumer group", incident.consumerGroup],
    ["Store", incident.store],
    ["Since", incident.since],
    ["Closed", incident.closedAt],
    ["Rule", incident.ruleId],
  ];
  return pairs.flatMap(([name, value]) => (value === null ? [] : [{ name, value: oneLine(value) }]));
}

/**
 * Identifies an incident to other services from opening to end, in at most 64 ASCII characters. The hash
 * covers where the incident is, so that dashboards with separate databases never close each other's
 * incidents.
 * @param deliveryId makes a test's key, which belongs to no incident
 */
export function incidentKeyOf({ incident }: AlertMessage, deliveryId: number): string {
  if (incident === null) return `tidemark-test-${deliveryId}`;
  const { fullyQualifiedNamespace, eventHubName, store, consumerGroup, ruleId, openedAt } = incident;
  const subject = [
    fullyQualifiedNamespace,
    eventHubName,
    store,
    consumerGroup?.toLowerCase(),
    ruleId,
    openedAt,
  ];
  const hash = createHash("sha256").update(JSON.stringify(subject)).digest("hex").slice(0, 24);
  return `tidemark-${incident.id}-${hash}`;
}

/** Cuts a text to `length` UTF-16 units without splitting a character. */
export function atMost(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
