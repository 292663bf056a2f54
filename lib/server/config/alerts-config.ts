import { z } from "zod";
import type { AlertChannel } from "#lib/alerts/channels/channel.ts";
import { defaultRules } from "#lib/alerts/default-rules.ts";
import { type AlertRule, conditionSchema, severitySchema } from "#lib/api/alerts.ts";
import { channelFaults, channelSchema, channelId as id, toChannel } from "./channel-config.ts";

const patterns = z.array(z.string().trim().min(1).max(256)).min(1);

export const ruleSchema = z.strictObject({
  id: id.describe("The rule's name, in incidents and messages."),
  when: conditionSchema.describe("The condition: exactly one of those below."),
  hubs: patterns.default(["*"]).describe("Ids of event hubs, or patterns."),
  groups: patterns.default(["*"]).describe("Names of groups, or patterns."),
  forSeconds: z
    .number()
    .min(0)
    .max(86_400)
    .default(60)
    .describe("How long the condition must hold before an incident opens."),
  repeatSeconds: z
    .number()
    .min(60)
    .nullable()
    .default(4 * 3_600)
    .describe("When an open incident is sent again. `null`: never."),
  severity: severitySchema.default("warning").describe("How bad it is."),
  channels: z.array(id).optional().describe("The channels that get its messages. Default: all of them."),
});

export const alertsSchema = z.strictObject({
  rules: z.array(ruleSchema).max(200).optional().describe("Your own rules. They replace the built-in ones."),
  channels: z.array(channelSchema).max(50).default([]).describe("Where incidents are sent."),
});

export interface AlertParts {
  rules: readonly (z.infer<typeof ruleSchema> | null)[] | undefined;
  ruleIds: readonly unknown[];
  channels: readonly (z.infer<typeof channelSchema> | null)[];
  channelIds: readonly unknown[];
}

export interface AlertsConfig {
  rules: readonly AlertRule[];
  areDefaults: boolean;
  channels: readonly AlertChannel[];
}

/**
 * A rule without channels uses all of them.
 * @param report gets every fault
 */
export function resolveAlerts(parts: AlertParts, report: (problem: string) => void): AlertsConfig {
  const rules = parts.rules?.map((rule, index) => ({ rule, path: `alerts.rules[${index}]` }));
  reportDoubles("alerts.channels", parts.channelIds, report);
  reportDoubles("alerts.rules", parts.ruleIds, report);
  for (const { rule, path } of rules ?? []) {
    for (const channel of rule?.channels ?? []) {
      if (!parts.channelIds.includes(channel)) {
        report(`${path}.channels: there is no channel ${JSON.stringify(channel)}`);
      }
    }
  }
  for (const [index, channel] of parts.channels.entries()) {
    for (const fault of channel === null ? [] : channelFaults(channel)) {
      report(`alerts.channels[${index}].${fault}`);
    }
  }
  const channels = parts.channels.filter((channel) => channel !== null);
  const ids = channels.map((channel) => channel.id);
  const configured = rules?.map(({ rule }) => rule).filter((rule) => rule !== null);
  return {
    rules: (configured ?? defaultRules).map((rule) => ({
      ...rule,
      channels: configured === undefined ? ids : (rule.channels ?? ids),
    })),
    areDefaults: configured === undefined,
    channels: channels.map(toChannel),
  };
}

function reportDoubles(path: string, ids: readonly unknown[], report: (problem: string) => void): void {
  for (const [index, each] of ids.entries()) {
    if (each !== undefined && ids.indexOf(each) !== index) {
      report(`${path}[${index}].id: ${JSON.stringify(each)} stands twice`);
    }
  }
}
