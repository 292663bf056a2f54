import type { AlertMessage } from "../message.ts";
import type { Delivery, OpsgenieChannel, SendResult } from "./channel.ts";
import { atMost, facts, incidentKeyOf } from "./facts.ts";
import { post } from "./post.ts";

const priorities = { critical: "P1", warning: "P3", info: "P5" } as const;
const mostMessage = 130;
const mostDescription = 15_000;
const mostEntity = 512;

/**
 * Sends to Opsgenie's Alert API (https://docs.opsgenie.com/docs/alert-api). The alias is the incident's key.
 * A test alert pages whoever is on call and is closed at once.
 */
export async function sendOpsgenie(
  channel: OpsgenieChannel,
  message: AlertMessage,
  delivery: Delivery,
): Promise<SendResult> {
  const alias = incidentKeyOf(message, delivery.id);
  const act = (action: "close" | "acknowledge") =>
    tell(
      channel,
      `/${alias}/${action}?identifierType=alias`,
      { source: "Tidemark", note: message.text },
      delivery,
    );
  if (message.event === "closed") return act("close");
  if (message.event === "acknowledged") return act("acknowledge");
  const told = await tell(channel, "", created(message, alias), delivery);
  return told.result === "sent" && message.event === "test" ? act("close") : told;
}

function tell(
  { url, apiKey }: OpsgenieChannel,
  path: string,
  body: object,
  delivery: Delivery,
): Promise<SendResult> {
  const address = `${url.reveal().replace(/\/+$/, "")}/v2/alerts${path}`;
  return post(address, JSON.stringify(body), { authorization: `GenieKey ${apiKey.reveal()}` }, delivery);
}

function created(message: AlertMessage, alias: string): object {
  const { incident, text, link } = message;
  const lines = [text, ...facts(message).map(({ name, value }) => `${name}: ${value}`), link ?? ""];
  return {
    message: atMost(text, mostMessage),
    alias,
    description: atMost(lines.filter((line) => line !== "").join("\n"), mostDescription),
    source: "Tidemark",
    priority: priorities[incident?.severity ?? "info"],
    ...(incident !== null && {
      entity: atMost(
        `${incident.eventHubName}/${incident.consumerGroup ?? ""}`.replace(/\/$/, ""),
        mostEntity,
      ),
      tags: ["tidemark", incident.ruleId],
      details: Object.fromEntries(facts(message).map(({ name, value }) => [name, value])),
    }),
  };
}
