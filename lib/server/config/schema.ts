import { z } from "zod";
import { checkpointFormats } from "#lib/core/stored-blobs.ts";
import { defaultLiveSettings } from "#lib/reset/live/limits.ts";
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

// An id is one segment of URLs; the dots would be taken for a way up.
const id = name.refine((value) => value !== "." && value !== "..", "must not be a path of dots");

const secretText = z.string().trim().min(1, "must not be blank");

export const storeSchema = z.strictObject({
  id: id.optional(),
  containerUrl: storageUrl.optional(),
  accountUrl: storageUrl.optional(),
  connectionString: secretText.optional(),
  container: containerName.optional(),
  prefix: z.string().trim().max(1024).optional(),
  consumerGroup: groupName.optional(),
  formats: z.array(z.enum(checkpointFormats)).min(1).optional(),
});

const allowedLag = z.int().min(0);

/** What holds for a group; `*` in its name stands for any run of characters. The first that fits counts. */
const groupSettingsSchema = z.strictObject({ consumerGroup: name, allowedLag: allowedLag.optional() });

export const hubSchema = z.strictObject({
  id: id.optional(),
  fullyQualifiedNamespace: namespaceHost.optional(),
  eventHubName: hubName.optional(),
  connectionString: secretText.optional(),
  transport: z.enum(["amqp", "webSockets"], { error: "must be amqp or webSockets" }).optional(),
  inspectionConsumerGroup: groupName.optional(),
  ownershipExpirationSeconds: z.number().min(1).max(86_400).optional(),
  consumerGroups: z.array(groupName).optional(),
  allowedLag: allowedLag.optional(),
  consumerGroupSettings: z.array(groupSettingsSchema).optional(),
  checkpointStores: z.array(storeSchema).min(1),
  namespaceAliases: z.array(namespaceAlias).optional(),
  partitionMetrics: z.boolean().optional(),
  subscriptionId: z.string().trim().pipe(z.guid()).optional(),
  resourceGroup: name.max(90).optional(),
  resourceManagerUrl: webUrl("https").optional(),
});

/** Live resets: how many partitions go together, and how patient they are. */
const liveResetsSchema = z.strictObject({
  partitionsAtOnce: z.number().int().min(1).max(64).default(defaultLiveSettings.partitionsAtOnce),
  leastQuietSeconds: z.number().min(1).max(600).default(defaultLiveSettings.leastQuietSeconds),
  overallSeconds: z.number().min(30).max(86_400).default(defaultLiveSettings.overallSeconds),
});

/** How many days samples are kept as they came, by the minute, and by the hour. */
const historySchema = z.strictObject({
  rawDays: z.number().min(0.125).max(30).default(2),
  minuteDays: z.number().min(2).max(366).default(30),
  hourDays: z.number().min(7).max(3_660).default(365),
});

/** The configuration file, as contract section 2 has it. Unknown keys are faults. */
export const fileSchema = z.strictObject({
  refreshSeconds: z.number().min(1).max(3600).default(10),
  eventHubs: z.array(hubSchema).min(1),
  history: historySchema.prefault({}),
  liveResets: liveResetsSchema.prefault({}),
  alerts: alertsSchema.prefault({}),
  access: accessSchema.prefault({}),
});

export type ConfigFile = z.infer<typeof fileSchema>;
export type HubEntry = ConfigFile["eventHubs"][number];
export type StoreEntry = HubEntry["checkpointStores"][number];
