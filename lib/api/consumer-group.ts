import { z } from "zod";
import { checkpointFormats } from "#lib/core/stored-blobs.ts";
import { faultSchema } from "./errors.ts";
import { reasonSchema } from "./reason.ts";
import { integerSchema, rateSchema, timeSchema } from "./scalars.ts";
import { lagStateSchema, statusSchema } from "./status.ts";

export const checkpointFormatSchema = z.enum(checkpointFormats).meta({ id: "CheckpointFormat" });

export const checkpointSchema = z
  .object({
    sequenceNumber: integerSchema.nullable(),
    offset: z.string().nullable().describe("Opaque."),
    updatedAt: timeSchema,
    format: checkpointFormatSchema,
    writtenBy: z.string().nullable(),
    blobName: z.string(),
  })
  .meta({ id: "Checkpoint" });
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const ownerSchema = z
  .object({
    ownerId: z.string(),
    lastRenewedAt: timeSchema.describe(
      "Of layouts with a blob lease: when the blob last changed; whether the lease is held is in `state`.",
    ),
    state: z.enum(["active", "expired", "released"]),
  })
  .meta({ id: "Owner" });
export type Owner = z.infer<typeof ownerSchema>;

const inRateSchema = rateSchema
  .nullable()
  .describe("Events enqueued a second, over the last 60 s as refreshes saw them.");
const outRateSchema = rateSchema
  .nullable()
  .describe(
    "Events checkpointed a second, over the last 60 s by when checkpoints were written; from the last two of a group that checkpoints less often; after a standstill since the group resumed.",
  );
const paceSchema = z
  .object({ eventsInPerSecond: rateSchema, eventsOutPerSecond: rateSchema })
  .nullable()
  .describe(
    "Both over the same time, so that one can be held against the other: from the newest checkpoint that is a minute old, or the last but one where they are rarer, to the last; to now once the next is overdue; not from before a standstill. Null: not known.",
  );
const atCheckpointSchema = z
  .number()
  .nullable()
  .describe(
    "For how long the first unread event had waited when the last checkpoint was written, or has by now, once the next is overdue: what came since the last is no sign of being behind. `lagSeconds` where that is not known.",
  );
const lossSchema = z
  .number()
  .nullable()
  .describe(
    "Seconds until retention removes the first unread event, at the present rates; 0 if it has removed one already. Null: nothing waits, the group keeps pace with its input, or retention does not come closer.",
  );

const lostSinceCheckpointSchema = integerSchema
  .nullable()
  .describe(
    "Events past the present checkpoint that have left the stream; it shrinks as that moves on. What processors had read ahead is among them.",
  );
const lostTotalSchema = integerSchema
  .nullable()
  .describe(
    "All events that were seen to leave the stream before the group had checkpointed them since `lostEventsSince`: a lower bound. What processors had read ahead may be among them. Told once the next refresh still finds the checkpoint before them. Kept over restarts; resets never lower it, and a re-created hub starts it again at 0. Null: no checkpoint was seen yet.",
  );

export const groupPartitionSchema = z
  .object({
    partitionId: z.string(),
    lag: integerSchema.nullable(),
    lagState: lagStateSchema,
    lagIsUpperBound: z.boolean().describe("The lag is at most this: there is no checkpoint yet."),
    reason: reasonSchema
      .nullable()
      .describe("Why the lag is not known or only bounded; null: `ok` or `empty`."),
    lostEvents: lostSinceCheckpointSchema,
    lostEventsTotal: lostTotalSchema,
    lostEventsSince: timeSchema.nullable(),
    lagSeconds: z
      .number()
      .nullable()
      .describe(
        "The age of the event at the checkpoint, interpolated between the two refreshes that saw the partition's end before and after it; 0 where the lag is 0, null where it is not known.",
      ),
    lagSecondsIsLowerBound: z
      .boolean()
      .describe(
        "It is at least this: the event is older than what the dashboard has watched, as after a reset far back.",
      ),
    lagSecondsAtCheckpoint: atCheckpointSchema,
    status: statusSchema,
    statusReason: reasonSchema
      .nullable()
      .describe("What the status was concluded from; null where it is `ok` or `unknown`."),
    retentionUsed: z.number().nullable().describe("0 to 1; at 1 events are about to be lost."),
    secondsUntilLoss: lossSchema,
    eventsInPerSecond: inRateSchema,
    eventsOutPerSecond: outRateSchema,
    pace: paceSchema,
    checkpoint: checkpointSchema.nullable(),
    otherCheckpoints: z
      .array(checkpointSchema)
      .describe("Older ones of this partition, in another layout or spelling; newest first."),
    owner: ownerSchema.nullable(),
    ownerSince: timeSchema
      .nullable()
      .describe("When its active owner came. Null: nobody owns it, or the store could not be read."),
    ownerSinceIsUpperBound: z
      .boolean()
      .optional()
      .describe("Its active owner came then or earlier, since this dashboard did not watch before."),
    ownerReason: reasonSchema.nullable().describe("Why the ownership blob names nobody, where it is broken."),
    beginningSequenceNumber: integerSchema.nullable(),
    lastEnqueuedSequenceNumber: integerSchema.nullable(),
    lastEnqueuedAt: timeSchema.nullable(),
  })
  .meta({ id: "GroupPartition" });
export type GroupPartition = z.infer<typeof groupPartitionSchema>;

export const groupNoteSchema = reasonSchema
  .extend({ partitionIds: z.array(z.string()).describe("The partitions that it is about.") })
  .meta({ id: "GroupNote" });

export const consumerGroupSchema = z
  .object({
    name: z.string(),
    store: z.string(),
    formats: z.array(checkpointFormatSchema),
    totalLag: integerSchema
      .nullable()
      .describe("Sum over the partitions with a known lag; null if there is none."),
    totalLagIsUpperBound: z.boolean().describe("Some partition's lag is an upper bound."),
    measuredLag: integerSchema
      .nullable()
      .describe(
        "Sum over the partitions with an exact lag; null if events wait and no partition has a checkpoint.",
      ),
    maxLag: integerSchema.nullable(),
    maxLagPartitionId: z.string().nullable(),
    maxLagIsUpperBound: z.boolean(),
    partitionsUnknown: integerSchema.describe("Partitions that the sums leave out."),
    partitionsBounded: integerSchema.describe(
      "Partitions whose lag is an upper bound: `measuredLag` leaves them out too.",
    ),
    lostEvents: lostSinceCheckpointSchema.describe("Summed over its partitions where it is known."),
    lostEventsTotal: lostTotalSchema.describe("Its partitions' summed, where it is known."),
    lostEventsSince: timeSchema.nullable().describe("Since when the first of them was watched."),
    lagSeconds: z
      .number()
      .nullable()
      .describe("The largest of its partitions'; null where that is 0 and some partition's is not known."),
    lagSecondsIsLowerBound: z
      .boolean()
      .describe("Some partition's may be larger; false where `lagSeconds` is null."),
    lagSecondsAtCheckpoint: atCheckpointSchema.describe("The largest of its partitions'."),
    catchUpSeconds: z
      .number()
      .nullable()
      .describe("Lag / (out - in), at its partitions' `pace`; null where no more goes out than comes in."),
    lagChangePerSecond: z
      .number()
      .nullable()
      .describe(
        "In less out by `pace`, over the partitions with a checkpoint: the lag grows by it. Null where that of one with events waiting is not known.",
      ),
    behindSince: timeSchema
      .nullable()
      .optional()
      .describe(
        "When it was first seen more than a few seconds behind, after it had been seen caught up. Null: it is not, or nobody saw when it began.",
      ),
    eventsInPerSecond: inRateSchema.describe(
      "Its partitions' summed; null where one that was not read, or with events waiting, lacks it.",
    ),
    eventsOutPerSecond: outRateSchema.describe(
      "Its partitions' summed, of those with a checkpoint; null where one that was not read, or with events waiting, lacks it.",
    ),
    retentionUsed: z
      .number()
      .nullable()
      .describe(
        "The largest of its partitions' that have a checkpoint; null where that is 0 and some partition's is not known.",
      ),
    secondsUntilLoss: lossSchema.describe("The smallest of its partitions'."),
    allowedLag: integerSchema.describe("The lag at which a partition still counts as caught up; configured."),
    status: statusSchema.describe(
      "That of its worst partition; `unknown` where nothing worse is known and that of one is not.",
    ),
    neverUsed: z
      .boolean()
      .describe(
        "Only Azure Resource Manager or `inspectionConsumerGroup` names it, and no blob of it was ever seen: it counts in no hub's status and raises no alert.",
      ),
    statusPartitions: integerSchema.describe("How many partitions are in that status."),
    statusPartitionIds: z
      .array(z.string())
      .describe("The first five of them; empty where that is all partitions, or the status is `ok`."),
    stalledPartitions: integerSchema
      .optional()
      .describe("Partitions with the status `stall`, also where the group's is a worse one."),
    statusNotKnownYet: integerSchema.describe(
      "Partitions with waiting events and a status that is not known yet: they have a checkpoint, or got their first events or their owner within the last five minutes.",
    ),
    partitionsWithoutCheckpoint: z
      .array(z.string())
      .describe(
        "Where events wait and the group has no checkpoint, while it has some on other partitions: how it does there is not known. Empty where it has none at all.",
      ),
    partitionsLosingUnread: z
      .array(z.string())
      .describe(
        "Where retention takes events and the group has no checkpoint: they leave unread, as far as can be told. Of groups that were read once or that the configuration names.",
      ),
    statusCheckpointAt: timeSchema
      .nullable()
      .describe(
        "The last checkpoint of any of them; null where none of them has one but what a reset wrote.",
      ),
    statusCause: lagStateSchema
      .nullable()
      .describe(
        "Where the status is unknown: the gravest lag state among the partitions that make it so. Null: nothing is wrong with their checkpoints, and it is not known yet.",
      ),
    statusCausePartitions: integerSchema.describe("How many partitions are in that lag state."),
    ownedPartitions: integerSchema.describe(
      "Partitions with an active owner. What a live reset holds meanwhile has none.",
    ),
    heldPartitions: integerSchema
      .optional()
      .describe("Partitions that a live reset holds now, so that no processor reads them."),
    unownedPartitionIds: z
      .array(z.string())
      .optional()
      .describe(
        "The first five partitions without an active owner that no live reset holds, where others have an owner; else empty.",
      ),
    partitionCount: integerSchema.nullable(),
    owners: z.array(
      z.object({ ownerId: z.string(), partitions: z.array(z.string()), lastRenewedAt: timeSchema }),
    ),
    slowestCheckpoint: z
      .object({
        seconds: integerSchema,
        partitionId: z.string(),
        at: timeSchema.describe("When the checkpoint came."),
        waiting: integerSchema.describe("Events that waited meanwhile."),
        steps: integerSchema.describe("How many such times were measured: it is the longest of them."),
      })
      .nullable()
      .optional()
      .describe(
        "The longest time between two checkpoints of one owner while events waited, on any partition in the last day: no handler that checkpoints after each batch was seen to take longer. Null: too little was seen.",
      ),
    ownershipExpirationSeconds: z.number().describe("What an owner's age is held against, for showing."),
    lastCheckpointAt: timeSchema.nullable(),
    notes: z.array(groupNoteSchema),
    goneSince: timeSchema
      .nullable()
      .describe(
        "When its blobs were first missed: all of them are deleted. Its figures are null, and no sum, hub status or metric has it in. It stays until it is dismissed, for 30 days, or until it has a blob again.",
      ),
    observedAt: timeSchema.nullable(),
    stale: z.boolean(),
    error: faultSchema.nullable(),
  })
  .meta({ id: "ConsumerGroup" });
export type ConsumerGroup = z.infer<typeof consumerGroupSchema>;

export const dismissedSchema = z
  .object({ hub: z.string(), store: z.string(), name: z.string(), dismissedAt: timeSchema })
  .meta({ id: "DismissedGroup" });
export type DismissedGroup = z.infer<typeof dismissedSchema>;

export const consumerGroupDetailSchema = consumerGroupSchema
  .extend({ partitions: z.array(groupPartitionSchema) })
  .meta({ id: "ConsumerGroupDetail" });
export type ConsumerGroupDetail = z.infer<typeof consumerGroupDetailSchema>;
