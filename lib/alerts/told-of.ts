import type { AlertRule } from "#lib/api/alerts.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import { sentenceOf } from "#lib/api/reasons/reason.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { NewDelivery } from "#lib/history/incidents/delivery-records.ts";
import type { IncidentRow } from "#lib/history/incidents/incident-records.ts";
import type { Cause } from "./incident.ts";
import { causeOf, subjectOf } from "./kept-incident.ts";
import { type AlertMessage, messageText } from "./message.ts";
import type { Subject } from "./observation.ts";

export interface ToldCause {
  cause: Cause;
  rule: AlertRule;
  subject: Subject;
  eventHub: EventHub;
}

/**
 * Makes one delivery per channel of the rule that hears the event.
 * @param publicUrl `https://tidemark.example`, the base of links; null: no links
 * @param isHeard tells if a channel hears the event
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
