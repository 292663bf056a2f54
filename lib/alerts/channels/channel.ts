import type { channelKinds } from "#lib/api/alerts.ts";
import type { Secret } from "#lib/core/secret.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { AlertMessage } from "../message.ts";

export type ChannelKind = (typeof channelKinds)[number];

/** A chat's or a program's own address. The URL is a secret: whoever knows Slack's or Teams' can write there. */
export interface HookChannel {
  id: string;
  kind: "webhook" | "slack" | "teams";
  url: Secret;
  /** Signs what is sent to a `webhook`. */
  secret: Secret | null;
}

/** PagerDuty's Events API v2. */
export interface PagerDutyChannel {
  id: string;
  kind: "pagerduty";
  /** Of the enqueue call: `https://events.pagerduty.com/v2/enqueue`. */
  url: Secret;
  routingKey: Secret;
}

/** Opsgenie's Alert API. */
export interface OpsgenieChannel {
  id: string;
  kind: "opsgenie";
  /** `https://api.opsgenie.com`, or the EU's. */
  url: Secret;
  apiKey: Secret;
}

export interface EmailChannel {
  id: string;
  kind: "email";
  host: string;
  port: number;
  /** `startTls` never sends without TLS; `tls` begins with it; `none` is for a relay on the same machine. */
  security: "startTls" | "tls" | "none";
  user: string | null;
  password: Secret | null;
  from: string;
  to: readonly string[];
}

/** Where alerts are sent. */
export type AlertChannel = HookChannel | PagerDutyChannel | OpsgenieChannel | EmailChannel;

/** How one try went. `rejected`: the receiver will say no to this very message every time. */
export type SendResult =
  | { result: "sent"; note?: string }
  | { result: "failed" | "rejected"; error: string; retryAfterSeconds?: number };

const heard: Record<ChannelKind, readonly AlertMessage["event"][]> = {
  webhook: ["opened", "repeated", "closed"],
  slack: ["opened", "repeated", "closed"],
  teams: ["opened", "repeated", "closed"],
  // A repeat refreshes the alert there, which goes on waking by its own rules.
  pagerduty: ["opened", "repeated", "acknowledged", "closed"],
  opsgenie: ["opened", "acknowledged", "closed"],
  // One mail opens, one closes.
  email: ["opened", "closed"],
};

/** Whether a kind of channel is told of an event. */
export function hears(kind: ChannelKind, event: AlertMessage["event"]): boolean {
  return event === "test" || heard[kind].includes(event);
}

/** The host that a channel sends to; the rest of its address may be a secret. */
export function hostOf(channel: AlertChannel): string {
  return channel.kind === "email" ? channel.host : new URL(channel.url.reveal()).host;
}

/** One sending of a message, by the queue. */
export interface Delivery {
  id: number;
  now: EpochMs;
  abortSignal?: AbortSignal | undefined;
}
