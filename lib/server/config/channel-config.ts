import { z } from "zod";
import type { AlertChannel } from "#lib/alerts/channels/channel.ts";
import { Secret } from "#lib/core/secret.ts";
import { webUrl } from "./file/names.ts";

export const channelId = z
  .string()
  .trim()
  .regex(/^[\w.-]{1,64}$/, "must be of letters, digits, dots, dashes and underscores");

const url = webUrl("http or https");
const secretText = z.string().trim().min(1, "must not be blank").max(512);
const address = z.string().trim().pipe(z.email("must be an email address such as alerts@contoso.example"));
const id = channelId.describe("The channel's name, for rules.");
const kind = <Kind extends string>(name: Kind) => z.literal(name).describe("What is at the other end.");
const target = "Where messages are sent. Keep it secret: take it from a variable.";
const hook = {
  id,
  url: url.describe(target),
  secret: z
    .string()
    .min(16, "must have 16 characters at least")
    .optional()
    .describe("Signs the messages of a `webhook`."),
};

export const channelSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...hook, kind: kind("webhook") }),
  z.strictObject({ ...hook, kind: kind("slack") }),
  z.strictObject({ ...hook, kind: kind("teams") }),
  z.strictObject({
    id,
    kind: kind("pagerduty"),
    routingKey: secretText.describe("The integration key of a `pagerduty` service (Events API v2)."),
    url: url.default("https://events.pagerduty.com/v2/enqueue").describe(target),
  }),
  z.strictObject({
    id,
    kind: kind("opsgenie"),
    apiKey: secretText.describe("The key of an `opsgenie` API integration."),
    url: url.default("https://api.opsgenie.com").describe(target),
  }),
  z.strictObject({
    id,
    kind: kind("email"),
    host: z
      .string()
      .trim()
      .regex(/^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?)$/i, "must be a mail server's host name")
      .transform((host) => host.replace(/^\[|\]$/g, ""))
      .describe("The mail server of an `email` channel."),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .describe("Its port. Default: 587, with `tls` 465, with `none` 25."),
    security: z
      .enum(["startTls", "tls", "none"])
      .default("startTls")
      .describe("How the connection is protected. No password is sent without TLS."),
    user: z
      .string()
      .min(1, "must not be blank")
      .max(512)
      .optional()
      .describe("The user that signs in there."),
    password: z.string().min(1, "must not be blank").max(512).optional().describe("That user's password."),
    from: address.describe("The address that mails come from."),
    to: z.array(address).min(1, "must name a recipient").max(50).describe("Who gets them."),
  }),
]);

type ChannelEntry = z.infer<typeof channelSchema>;

export function channelFaults(entry: ChannelEntry): string[] {
  if (entry.kind === "slack" || entry.kind === "teams") {
    return entry.secret === undefined ? [] : ["secret: only a webhook is signed"];
  }
  if (entry.kind !== "email") return [];
  const { user, password, security } = entry;
  return [
    ...((user === undefined) === (password === undefined)
      ? []
      : [user === undefined ? "user: a password needs one" : "password: a user needs one"]),
    ...(security === "none" && password !== undefined
      ? ["security: a password is never sent without TLS; use startTls or tls"]
      : []),
  ];
}

const defaultPorts = { startTls: 587, tls: 465, none: 25 } as const;

export function toChannel(entry: ChannelEntry): AlertChannel {
  switch (entry.kind) {
    case "pagerduty":
      return { ...entry, url: new Secret(entry.url), routingKey: new Secret(entry.routingKey) };
    case "opsgenie":
      return { ...entry, url: new Secret(entry.url), apiKey: new Secret(entry.apiKey) };
    case "email":
      return {
        ...entry,
        port: entry.port ?? defaultPorts[entry.security],
        user: entry.user ?? null,
        password: entry.password === undefined ? null : new Secret(entry.password),
      };
    default:
      return {
        ...entry,
        url: new Secret(entry.url),
        secret: entry.secret === undefined ? null : new Secret(entry.secret),
      };
  }
}
