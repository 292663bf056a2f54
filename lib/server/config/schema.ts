import { z } from "zod";
import { checkpointFormats } from "#lib/core/stored-blobs.ts";
import { defaultLiveSettings } from "#lib/reset/group/live-pace.ts";
import { accessSchema } from "./access-config.ts";
import { alertsSchema } from "./alerts-config.ts";
import {
  containerName,
  groupName,
  hubName,
  name,
  namespaceAlias,
  namespaceHost,
  storageUrl,
  webUrl,
} from "./file/names.ts";

// An id is one segment of a URL; dots would lead upwards.
const id = name.refine((value) => value !== "." && value !== "..", "must not be a path of dots");

const secretText = z.string().trim().min(1, "must not be blank");

export const storeSchema = z.strictObject({
  id: id
    .optional()
    .describe(
      "The store's name. Default: its container's name, or the account's, and then `account/container`.",
    ),
  containerUrl: storageUrl
    .optional()
    .describe("The container with the checkpoints, read with an Azure identity."),
  accountUrl: storageUrl
    .optional()
    .describe(
      "A whole account: its containers are searched every ten minutes. The role must be on the account.",
    ),
  connectionString: secretText
    .optional()
    .describe(
      "The storage account's connection string, in place of a URL. Without `container` it means the whole account.",
    ),
  container: containerName.optional().describe("The container, with `connectionString`."),
  prefix: z
    .string()
    .trim()
    .max(1024)
    .optional()
    .describe("For formats that do not name the event hub or the group: the path before their blobs."),
  consumerGroup: groupName
    .optional()
    .describe("The group of the blobs. Needed for the format `go3`, which does not name it."),
  formats: z
    .array(z.enum(checkpointFormats))
    .min(1)
    .optional()
    .describe("The formats to look for. Default: `common`, `functions` and `dapr`."),
});

const allowedLag = z.int().min(0);

const groupSettingsSchema = z.strictObject({
  consumerGroup: name.describe(
    "The group, or a pattern such as `batch-*`. The first entry that fits counts.",
  ),
  allowedLag: allowedLag
    .optional()
    .describe("Events that a partition of these groups may be behind and still count as caught up."),
});

export const hubSchema = z.strictObject({
  id: id.optional().describe("What URLs carry. Default: the event hub's name."),
  fullyQualifiedNamespace: namespaceHost
    .optional()
    .describe(
      "The namespace's host name, such as `contoso.servicebus.windows.net`. A connection string has it already.",
    ),
  eventHubName: hubName
    .optional()
    .describe("The event hub. Left out: every hub that the stores mention, or that Azure lists."),
  connectionString: secretText
    .optional()
    .describe(
      "The namespace's or the hub's connection string. Without it an Azure identity is used. `Listen` is enough.",
    ),
  transport: z
    .enum(["amqp", "webSockets"], { error: "must be amqp or webSockets" })
    .optional()
    .describe("`amqp` uses port 5671. `webSockets` uses port 443. Default: `amqp`."),
  propertyReadsPerSecond: z
    .number()
    .min(1)
    .max(10_000)
    .optional()
    .describe(
      "The most property reads per second. A refresh takes one for each partition and one for the hub. If that takes longer than `refreshSeconds`, the hub is read less often; the stores are still listed each `refreshSeconds`. Default: no limit, until Event Hubs says that it is busy.",
    ),
  inspectionConsumerGroup: groupName
    .optional()
    .describe(
      "A consumer group only for the dashboard. It reads single events with it, also while processors run.",
    ),
  ownershipExpirationSeconds: z
    .number()
    .min(1)
    .max(86_400)
    .optional()
    .describe(
      "After this time without a renewal an owner counts as gone. Default: inferred from the owner's renewals.",
    ),
  consumerGroups: z.array(groupName).optional().describe("Groups to show even if they have no blob yet."),
  allowedLag: allowedLag
    .optional()
    .describe("Events that a partition may be behind and still count as caught up. Default: 0."),
  consumerGroupSettings: z.array(groupSettingsSchema).optional().describe("Settings of some groups."),
  checkpointStores: z.array(storeSchema).min(1).describe("Where the checkpoints are. One at least."),
  namespaceAliases: z
    .array(namespaceAlias)
    .optional()
    .describe(
      "Other names of the namespace: a geo-recovery alias, a private DNS name, or a name with its port, as Python and Go write it.",
    ),
  partitionMetrics: z
    .boolean()
    .optional()
    .describe("`false` leaves the series of each partition out of the metrics. Default: `true`."),
  subscriptionId: z
    .string()
    .trim()
    .pipe(z.guid())
    .optional()
    .describe("With `resourceGroup`: lets Azure list event hubs and groups. Needs the role Reader."),
  resourceGroup: name.max(90).optional().describe("The resource group of the namespace."),
  resourceManagerUrl: webUrl("https")
    .optional()
    .describe("Azure Resource Manager's address in another cloud."),
});

const liveResetsSchema = z.strictObject({
  partitionsAtOnce: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(defaultLiveSettings.partitionsAtOnce)
    .describe("Partitions that a live reset takes at once. Never more than half of a hub."),
  leastQuietSeconds: z
    .number()
    .min(1)
    .max(600)
    .default(defaultLiveSettings.leastQuietSeconds)
    .describe("For how long nobody may write over a partition before it is given back, at least."),
  overallSeconds: z
    .number()
    .min(30)
    .max(86_400)
    .default(defaultLiveSettings.overallSeconds)
    .describe(
      "After this time the reset of a partition stops. It is never less than four times the quiet time.",
    ),
});

const historySchema = z.strictObject({
  rawDays: z.number().min(0.125).max(30).default(2).describe("Days that each sample is kept."),
  minuteDays: z.number().min(2).max(366).default(30).describe("Days that samples are kept by the minute."),
  hourDays: z
    .number()
    .min(7)
    .max(3_660)
    .default(365)
    .describe("Days that samples are kept by the hour, and changes of owners."),
});

export const fileSchema = z.strictObject({
  refreshSeconds: z
    .number()
    .min(1)
    .max(3600)
    .default(10)
    .describe("How often event hubs and stores are read."),
  eventHubs: z.array(hubSchema).min(1).describe("The event hubs to watch. One at least."),
  history: historySchema.prefault({}).describe("How long the past is kept."),
  liveResets: liveResetsSchema.prefault({}).describe("How patient live resets are."),
  alerts: alertsSchema.prefault({}).describe("Rules and channels."),
  access: accessSchema.prefault({}).describe("Who may do what."),
  mcp: z
    .boolean()
    .default(false)
    .describe("`true` serves the tools for assistants (Model Context Protocol) at `/mcp`."),
});

export type ConfigFile = z.infer<typeof fileSchema>;
export type HubEntry = ConfigFile["eventHubs"][number];
export type StoreEntry = HubEntry["checkpointStores"][number];
