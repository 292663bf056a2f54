import { z } from "zod";
import type { AlertChannel } from "#lib/alerts/channel.ts";
import { defaultRules } from "#lib/alerts/default-rules.ts";
import { type AlertRule, channelKinds, conditionSchema, severitySchema } from "#lib/api/alerts.ts";
import { Secret } from "#lib/core/secret.ts";

const id = z.string().regex(/^[\w.-]{1,64}$/, "must be of letters, digits, dots, dashes and underscores");
const patterns = z.array(z.string().min(1).max(256)).min(1);

const ruleSchema = z.strictObject({
  id,
  when: conditionSchema,
  hubs: patterns.default(["*"]),
  groups: patterns.default(["*"]),
  forSeconds: z.number().min(0).max(86_400).default(60),
  repeatSeconds: z
    .number()
    .min(60)
    .nullable()
    .default(4 * 3_600),
  severity: severitySchema.default("warning"),
  channels: z.array(id).optional(),
});

const channelSchema = z.strictObject({
  id,
  kind: z.enum(channelKinds),
  url: z.url({ protocol: /^https?$/ }),
  secret: z.string().min(16, "must have 16 characters at least").optional(),
});

export const alertsSchema = z.strictObject({
  rules: z.array(ruleSchema).max(200).optional(),
  channels: z.array(channelSchema).max(50).default([]),
});

export interface AlertsConfig {
  rules: readonly AlertRule[];
  /** No rule is configured. */
  areDefaults: boolean;
  channels: readonly AlertChannel[];
}

/** A rule that names no channel is told on all of them. */
export function resolveAlerts(
  { rules, channels }: z.infer<typeof alertsSchema>,
  report: (problem: string) => void,
): AlertsConfig {
  const ids = channels.map((channel) => channel.id);
  reportDoubles("alerts.channels", ids, report);
  reportDoubles(
    "alerts.rules",
    (rules ?? []).map((rule) => rule.id),
    report,
  );
  for (const [index, rule] of (rules ?? []).entries()) {
    for (const channel of rule.channels ?? []) {
      if (!ids.includes(channel)) {
        report(`alerts.rules[${index}].channels: there is no channel ${JSON.stringify(channel)}`);
      }
    }
  }
  for (const [index, { kind, secret }] of channels.entries()) {
    if (secret !== undefined && kind !== "webhook") {
      report(`alerts.channels[${index}].secret: only a webhook is signed`);
    }
  }
  return {
    rules: (rules ?? defaultRules).map((rule) => ({
      ...rule,
      channels: rules === undefined ? ids : (rule.channels ?? ids),
    })),
    areDefaults: rules === undefined,
    channels: channels.map(({ url, secret, ...channel }) => ({
      ...channel,
      url: new Secret(url),
      secret: secret === undefined ? null : new Secret(secret),
    })),
  };
}

function reportDoubles(path: string, ids: readonly string[], report: (problem: string) => void): void {
  for (const [index, each] of ids.entries()) {
    if (ids.indexOf(each) !== index) report(`${path}[${index}].id: ${JSON.stringify(each)} stands twice`);
  }
}
