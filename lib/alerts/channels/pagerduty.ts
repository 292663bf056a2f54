import type { AlertMessage } from "../message.ts";
import type { Delivery, PagerDutyChannel, SendResult } from "./channel.ts";
import { atMost, facts, incidentKeyOf } from "./facts.ts";
import { post } from "./post.ts";

type Action = "trigger" | "acknowledge" | "resolve";

const actions: Record<AlertMessage["event"], Action> = {
  opened: "trigger",
  repeated: "trigger",
  acknowledged: "acknowledge",
  closed: "resolve",
  test: "trigger",
};
const severities = { critical: "critical", warning: "warning", info: "info" } as const;
const mostSummary = 1_024;

/**
 * Sends to PagerDuty's Events API v2 (https://developer.pagerduty.com/docs/events-api-v2-overview). The dedup
 * key is the incident's key. A test pages whoever is on call and is resolved at once.
 */
export async function sendPagerDuty(
  channel: PagerDutyChannel,
  message: AlertMessage,
  delivery: Delivery,
): Promise<SendResult> {
  const told = await tell(channel, message, delivery, actions[message.event]);
  return told.result === "sent" && message.event === "test"
    ? tell(channel, message, delivery, "resolve")
    : told;
}

function tell(
  { url, routingKey }: PagerDutyChannel,
  message: AlertMessage,
  delivery: Delivery,
  action: Action,
): Promise<SendResult> {
  const body = {
    routing_key: routingKey.reveal(),
    event_action: action,
    dedup_key: incidentKeyOf(message, delivery.id),
    ...(action === "trigger" && triggered(message)),
  };
  return post(url, JSON.stringify(body), {}, delivery);
}

function triggered(message: AlertMessage): object {
  const { incident, text, link } = message;
  return {
    payload: {
      summary: atMost(text, mostSummary),
      source: incident === null ? "tidemark" : `${incident.fullyQualifiedNamespace}/${incident.eventHubName}`,
      severity: severities[incident?.severity ?? "info"],
      ...(incident !== null && {
        timestamp: incident.since,
        class: incident.ruleId,
        ...(incident.consumerGroup !== null && { component: incident.consumerGroup }),
        custom_details: Object.fromEntries(facts(message).map(({ name, value }) => [name, value])),
      }),
    },
    client: "Tidemark",
    ...(link !== null && { client_url: link, links: [{ href: link, text: "Open in Tidemark" }] }),
  };
}
