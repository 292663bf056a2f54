import { z } from "zod";
import { consumerGroupSchema } from "./consumer-group.ts";
import { faultSchema } from "./errors.ts";
import { reasonSchema } from "./reason.ts";
import { integerSchema, rateSchema, timeSchema } from "./scalars.ts";
import { statusSchema } from "./status.ts";

export const checkpointStoreSchema = z
  .object({ id: z.string(), observedAt: timeSchema.nullable(), error: faultSchema.nullable() })
  .meta({ id: "CheckpointStore" });

export const eventHubSchema = z
  .object({
    id: z.string(),
    fullyQualifiedNamespace: z.string(),
    eventHubName: z.string(),
    createdOn: timeSchema
      .nullable()
      .describe("A hub re-created under the same name has another; null: not read."),
    partitionCount: integerSchema.nullable(),
    totalLag: integerSchema
      .nullable()
      .describe(
        "Sum over its groups' known lags, upper bounds included: a group without a checkpoint counts with its whole stream. Null where none is known.",
      ),
    totalLagIsUpperBound: z.boolean().describe("Some group's lag is an upper bound."),
    countedLag: integerSchema
      .nullable()
      .optional()
      .describe("The same without `groupsNotCounted` groups, as pages show it; null where none is left."),
    groupsNotCounted: integerSchema
      .optional()
      .describe("Groups with a lag that is not known, or without a checkpoint."),
    partitionsUnknown: integerSchema.describe("Partitions of its groups with a lag that is not known."),
    eventsInPerSecond: rateSchema
      .nullable()
      .describe("Its partitions' summed; null where one of them lacks it, as in the first minute."),
    status: statusSchema.describe("The worst of its groups."),
    observedAt: timeSchema.nullable().describe("When the figures were read."),
    stale: z.boolean().describe("The last refresh failed, and some of the figures are older ones."),
    error: faultSchema.nullable().describe("What failed: the hub, else the first of its stores."),
    errorStore: z.string().nullable().describe("The store that `error` is of; null: it is the hub's own."),
    checkpointStores: z.array(checkpointStoreSchema),
    hasInspectionGroup: z
      .boolean()
      .describe("Single events are read with a consumer group of the dashboard's own."),
    readEvery: z
      .object({ seconds: z.number(), reason: reasonSchema })
      .optional()
      .describe("How often it is read where that is not simply each `refreshSeconds`, and why."),
  })
  .meta({ id: "EventHub" });
export type EventHub = z.infer<typeof eventHubSchema>;

/** How often the hub is read: more rarely than configured while it is slowed. */
export function periodSeconds({ readEvery }: Pick<EventHub, "readEvery">, refreshSeconds: number): number {
  return Math.max(refreshSeconds, readEvery?.seconds ?? 0);
}

export const partitionSchema = z
  .object({
    partitionId: z.string(),
    beginningSequenceNumber: integerSchema.nullable(),
    lastEnqueuedSequenceNumber: integerSchema.nullable(),
    lastEnqueuedOffset: z.string().nullable(),
    lastEnqueuedAt: timeSchema.nullable(),
    isEmpty: z.boolean().nullable(),
    eventsInPerSecond: rateSchema
      .nullable()
      .describe("Events enqueued a second, over the last 60 s as refreshes saw them."),
    eventsExpiringPerSecond: rateSchema
      .nullable()
      .describe(
        "Events that retention takes a second, over the last three moves of the beginning and five minutes at least; null where it was not seen to move twice.",
      ),
    error: faultSchema.nullable().describe("Why this partition could not be read."),
  })
  .meta({ id: "Partition" });
export type Partition = z.infer<typeof partitionSchema>;

export const eventHubsSchema = z.object({ eventHubs: z.array(eventHubSchema) }).meta({ id: "EventHubs" });
export type EventHubs = z.infer<typeof eventHubsSchema>;

export const eventHubDetailSchema = eventHubSchema
  .extend({ partitions: z.array(partitionSchema), consumerGroups: z.array(consumerGroupSchema) })
  .meta({ id: "EventHubDetail" });
export type EventHubDetail = z.infer<typeof eventHubDetailSchema>;
