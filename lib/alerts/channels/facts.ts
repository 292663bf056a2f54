import { createHash } from "node:crypto";
import { type AlertMessage, oneLine } from "../message.ts";

/** Of an incident, as pairs of a name and one line; what is null is left out. */
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
 * What other services know an incident by, from its opening to its end: at most 64 characters of ASCII. The hash is
 * of where it is, so that two dashboards with databases of their own never end each other's incidents.
 * @param deliveryId names a test, which is of no incident
 */
export function incidentKeyOf({ incident }: AlertMessage, deliveryId: number): string {
  if (incident === null) return `tidemark-test-${deliveryId}`;
  const { fullyQualifiedNamespace, eventHubName, store, consumerGroup, ruleId, openedAt } = incident;
  const place = [
    fullyQualifiedNamespace,
    eventHubName,
    store,
    consumerGroup?.toLowerCase(),
    ruleId,
    openedAt,
  ];
  const hash = createHash("sha256").update(JSON.stringify(place)).digest("hex").slice(0, 24);
  return `tidemark-${incident.id}-${hash}`;
}

/** At most so many UTF-16 units, no character cut in half. */
export function atMost(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
