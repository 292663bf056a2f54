import { createHmac } from "node:crypto";
import type { Secret } from "#lib/core/secret.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { AlertMessage } from "../message.ts";
import type { AlertChannel, Delivery, HookChannel, SendResult } from "./channel.ts";
import { slackBody, teamsBody } from "./chat-bodies.ts";
import { sendOpsgenie } from "./opsgenie.ts";
import { sendPagerDuty } from "./pagerduty.ts";
import { post } from "./post.ts";

export async function send(
  channel: AlertChannel,
  message: AlertMessage,
  delivery: Delivery,
): Promise<SendResult> {
  switch (channel.kind) {
    case "pagerduty":
      return sendPagerDuty(channel, message, delivery);
    case "opsgenie":
      return sendOpsgenie(channel, message, delivery);
    case "email":
      return (await import("./email.ts")).sendEmail(channel, message, delivery);
    default:
      return sendHook(channel, message, delivery);
  }
}

/** A delivery keeps its id (`tidemark-delivery`) over all attempts, so that receivers can drop duplicates. */
function sendHook(channel: HookChannel, message: AlertMessage, delivery: Delivery): Promise<SendResult> {
  const body = JSON.stringify(bodyOf(channel, message));
  const headers = {
    "tidemark-delivery": String(delivery.id),
    ...signature(channel.secret, body, delivery.now),
  };
  return post(channel.url, body, headers, delivery);
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 of `<seconds>.<body>`. */
export function signature(secret: Secret | null, body: string, now: EpochMs): Record<string, string> {
  if (secret === null) return {};
  const seconds = Math.floor(now / 1000);
  const digest = createHmac("sha256", secret.reveal()).update(`${seconds}.${body}`).digest("hex");
  return { "tidemark-signature": `t=${seconds},v1=${digest}` };
}

function bodyOf({ kind }: HookChannel, message: AlertMessage): object {
  if (kind === "slack") return slackBody(message);
  return kind === "teams" ? teamsBody(message) : message;
}
