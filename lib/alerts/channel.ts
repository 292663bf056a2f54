import { createHmac } from "node:crypto";
import type { channelKinds } from "#lib/api/alerts.ts";
import type { Secret } from "#lib/core/secret.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { slackBody, teamsBody } from "./channel-bodies.ts";
import type { AlertMessage } from "./message.ts";

/** Where alerts are sent. The URL is a secret: Slack's and Teams' let everybody write who knows them. */
export interface AlertChannel {
  id: string;
  kind: (typeof channelKinds)[number];
  url: Secret;
  /** Signs what is sent to a `webhook`. */
  secret: Secret | null;
}

/** How one try went. `rejected`: the receiver will say no to this very message every time. */
export type SendResult = { result: "sent" } | { result: "failed" | "rejected"; error: string };

const timeLimitMs = 10_000;
/** Those that may pass with time, beside 500 and above. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Posts one message. The same delivery keeps its id over all tries, so that a receiver can tell a second one
 * (`tidemark-delivery`). Never rejects; never follows a redirection.
 */
export async function send(
  channel: AlertChannel,
  message: AlertMessage,
  delivery: { id: number; now: EpochMs; abortSignal?: AbortSignal },
): Promise<SendResult> {
  const body = JSON.stringify(bodyOf(channel, message));
  const limit = AbortSignal.timeout(timeLimitMs);
  try {
    const response = await fetch(channel.url.reveal(), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "tidemark",
        "tidemark-delivery": String(delivery.id),
        ...signature(channel.secret, body, delivery.now),
      },
      body,
      redirect: "manual",
      signal: delivery.abortSignal ? AbortSignal.any([limit, delivery.abortSignal]) : limit,
    });
    // Nothing is read of it: it may be endless.
    await response.body?.cancel().catch(() => {});
    if (response.ok) return { result: "sent" };
    const isFinal = response.status < 500 && !passing.has(response.status);
    return { result: isFinal ? "rejected" : "failed", error: `The receiver answered ${response.status}.` };
  } catch (cause) {
    return { result: "failed", error: reasonOf(cause) };
  }
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 of `<seconds>.<body>`. */
export function signature(secret: Secret | null, body: string, now: EpochMs): Record<string, string> {
  if (secret === null) return {};
  const seconds = Math.floor(now / 1000);
  const digest = createHmac("sha256", secret.reveal()).update(`${seconds}.${body}`).digest("hex");
  return { "tidemark-signature": `t=${seconds},v1=${digest}` };
}

function bodyOf({ kind }: AlertChannel, message: AlertMessage): object {
  if (kind === "slack") return slackBody(message);
  return kind === "teams" ? teamsBody(message) : message;
}

/** Without the URL, which an error's own text may repeat. */
function reasonOf(cause: unknown): string {
  if (cause instanceof DOMException && cause.name === "TimeoutError")
    return `The receiver did not answer within ${timeLimitMs / 1000} s.`;
  if (cause instanceof DOMException && cause.name === "AbortError") return "The dashboard was stopped.";
  const code = (cause as { cause?: { code?: unknown } }).cause?.code;
  return `The receiver can't be reached${typeof code === "string" ? ` (${code})` : ""}.`;
}
