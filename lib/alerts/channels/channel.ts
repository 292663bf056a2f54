import type { channelKinds } from "#lib/api/alerts.ts";
import type { Secret } from "#lib/core/secret.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { AlertMessage } from "../message.ts";

export type ChannelKind = (typeof channelKinds)[number];

/** A webhook's address. The URL is a secret: anybody who knows a Slack or Teams URL can post there. */
export interface HookChannel {
  id: string;
  kind: "webhook" | "slack" | "teams";
  url: Secret;
  secret: Secret | null;
}

export interface PagerDutyChannel {
  id: string;
  kind: "pagerduty";
  url: Secret;
  routingKey: Secret;
}

export interface OpsgenieChannel {
  id: string;
  kind: "opsgenie";
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

export type AlertChannel = HookChannel | PagerDutyChannel | OpsgenieChannel | EmailChannel;

/** The result of one attempt. `rejected`: the receiver would refuse this message every time. */
export type SendResult =
  | { result: "sent"; note?: string }
  | { result: "failed" | "rejected"; error: string; retryAfterSeconds?: number };

const heard: Record<ChannelKind, readonly AlertMessage["event"][]> = {
  webhook: ["opened", "repeated", "closed"],
  slack: ["opened", "repeated", "closed"],
  teams: ["opened", "repeated", "closed"],
  // A repeat updates the alert; PagerDuty pages again by its own rules.
  pagerduty: ["opened", "repeated", "acknowledged", "closed"],
  opsgenie: ["opened", "acknowledged", "closed"],
  email: ["opened", "closed"],
};

export function hears(kind: ChannelKind, event: AlertMessage["event"]): boolean {
  return event === "test" || heard[kind].includes(event);
}

export function hostOf(channel: AlertChannel): string {
  return channel.kind === "email" ? channel.host : new URL(channel.url.reveal()).host;
}

export interface Delivery {
  id: number;
  now: EpochMs;
  abortSignal?: AbortSignal | undefined;
}
