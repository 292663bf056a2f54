import type { AlertRule } from "#lib/api/alerts.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import { sentenceOf } from "#lib/api/reasons/reason.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { NewDelivery } from "#lib/history/incidents/delivery-records.ts";
import type { IncidentRow } from "#lib/history/incidents/incident-records.ts";
import { causeOf, subjectOf } from "./hub-causes.ts";
import type { Cause } from "./incident.ts";
import { type AlertMessage, messageText } from "./message.ts";
import type { Subject } from "./observation.ts";

export interface ToldCause {
  cause: Cause;
  rule: AlertRule;
  subject: Subject;
  eventHub: EventHub;
}

/**
 * What is told of a cause, once for each of the rule's channels that hears it.
 * @param publicUrl `https://tidemark.example`: where links lead; null: none are sent
 * @param isHeard whether a channel is told of such an event
 */
export function toldOf(
  event: Exclude<AlertMessage["event"], "test">,
  { cause, rule, subject, eventHub }: ToldCause,
  publicUrl: string | null,
  now: EpochMs,
  isHeard: (channel: string) => boolean,
): NewDelivery[] {
  const incident = {
    id: cause.incidentId ?? 0,
    ruleId: rule.id,
    severity: rule.severity,
    hub: subject.hub,
    fullyQualifiedNamespace: eventHub.fullyQualifiedNamespace,
    eventHubName: eventHub.eventHubName,
    store: subject.store,
    consumerGroup: subject.group,
    since: toIso(cause.since),
    openedAt: toIso(cause.openedAt ?? now),
    closedAt: event === "closed" ? toIso(now) : null,
    summary: sentenceOf(cause.summary),
    worst: sentenceOf(cause.worst),
  };
  const message: AlertMessage = {
    version: 1,
    event,
    incident,
    text: messageText(event, incident),
    link: linkTo(publicUrl, subject),
    sentBy: "tidemark",
  };
  return rule.channels.filter(isHeard).map((channel) => ({
    channel,
    event,
    incident_id: incident.id,
    message: JSON.stringify(message),
    created_at: now,
  }));
}

/** What is told of an open incident that somebody has acknowledged; the parts as of `toldOf`. */
export function toldOfAcknowledged(
  row: IncidentRow,
  rule: AlertRule,
  eventHub: EventHub,
  publicUrl: string | null,
  now: EpochMs,
  isHeard: (channel: string) => boolean,
): NewDelivery[] {
  const of = { cause: causeOf(row), rule, subject: subjectOf(row), eventHub };
  return toldOf("acknowledged", of, publicUrl, now, isHeard);
}

function linkTo(publicUrl: string | null, { hub, group, store }: Subject): string | null {
  if (publicUrl === null) return null;
  const base = `${publicUrl.replace(/\/$/, "")}/event-hubs/${encodeURIComponent(hub)}`;
  if (group === null || store === null) return `${base}/diagnosis`;
  return `${base}/consumer-groups/${encodeURIComponent(group)}?store=${encodeURIComponent(store)}`;
}
