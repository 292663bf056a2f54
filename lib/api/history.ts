import { z } from "zod";
import { faultSchema } from "./errors.ts";
import { integerSchema, rateSchema, storeQuerySchema, timeSchema } from "./scalars.ts";

const timeQuerySchema = z.iso.datetime({ offset: true });

const watchedSinceSchema = timeSchema
  .nullable()
  .describe("When the group was first seen: nothing is known of it before. Null: not known now.");

const historyPointSchema = z.object({
  at: timeSchema.describe("The step's start."),
  lag: integerSchema
    .nullable()
    .describe(
      "The last in the step, upper bounds included; null where it lacks partitions that the refreshes next to it know.",
    ),
  lagMax: integerSchema.nullable().describe("The largest in the step, upper bounds included."),
  lagIsUpperBound: z
    .boolean()
    .describe("Some of the lag is an upper bound: what has no checkpoint counts with its whole stream."),
  measuredLag: integerSchema
    .nullable()
    .describe(
      "The last in the step, without upper bounds; null besides at the start, until all partitions are measured or no more come.",
    ),
  measuredLagMax: integerSchema.nullable().describe("The largest in the step, without upper bounds."),
  partitionsUnknown: integerSchema
    .nullable()
    .describe("Partitions that the sums leave out, since their lag is not known; null in a gap."),
  partitionsBounded: integerSchema
    .nullable()
    .describe("Partitions that `measuredLag` leaves out, since their lag is an upper bound; null in a gap."),
  lagSeconds: z.number().nullable().describe("The largest in the step; of one partition within 4 %."),
  lagSecondsIsLowerBound: z
    .boolean()
    .describe("Some of it may have been longer than `lagSeconds`; false where that is null."),
  eventsInPerSecond: rateSchema.nullable().describe("The mean over the step."),
  eventsOutPerSecond: rateSchema.nullable().describe("The mean over the step."),
});

/** A chart can't tell more lines apart. */
export const mostPartitionLines = 8;

const partitionLineSchema = z.object({
  partitionId: z.string(),
  points: z.array(historyPointSchema.pick({ at: true, lag: true, lagMax: true, lagIsUpperBound: true })),
});

export const historySchema = z
  .object({
    from: timeSchema,
    to: timeSchema,
    stepSeconds: z.number().describe("Follows from the range and the points asked for."),
    points: z.array(historyPointSchema).describe("One for each step; all null where nothing was recorded."),
    partitions: z
      .array(partitionLineSchema)
      .describe(`Those that \`partitions\` asked for, in the same steps: at most ${mostPartitionLines}.`),
    partitionsAsked: integerSchema.describe(
      "How many it asked for. Of more than are given, those with the largest lag in the range.",
    ),
    watchedSince: watchedSinceSchema,
    error: faultSchema.nullable().describe("The history can't be read now; the points are from memory."),
  })
  .meta({ id: "History" });
export type History = z.infer<typeof historySchema>;

/** Defaults: the last hour, 300 points, the sum over the partitions. */
export const historyQuerySchema = z.object({
  store: storeQuerySchema,
  from: timeQuerySchema.optional(),
  to: timeQuerySchema.optional(),
  points: z.coerce.number().int().min(1).max(2_000).optional(),
  partition: z.string().min(1).max(256).optional(),
  partitions: z
    .string()
    .min(1)
    .max(8_192)
    .optional()
    .describe("Ids, separated by commas, or `all`: each as its own line beside `points`."),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

const ownerEventSchema = z.enum(["claimed", "stolen", "released", "expired"]);

export const ownersSchema = z
  .object({
    spans: z
      .array(
        z.object({
          partitionId: z.string(),
          ownerId: z.string(),
          from: timeSchema,
          to: timeSchema.nullable().describe("Null: it still runs."),
          endedBy: ownerEventSchema
            .nullable()
            .describe("What ended it; `stolen` or `claimed` by the next owner."),
        }),
      )
      .describe("Those that overlap the range, with their whole length."),
    changes: z
      .array(
        z.object({
          at: timeSchema,
          partitionId: z.string(),
          kind: ownerEventSchema,
          ownerId: z.string().nullable().describe("Who owns it from here on; null: nobody."),
          previousOwnerId: z.string().nullable().describe("Who owned it last before."),
          uncertaintySeconds: z.number().describe("It may have been up to so much earlier."),
          unobserved: z.boolean().describe("It happened while the dashboard did not look."),
        }),
      )
      .describe("Those within the range, oldest first."),
    watchedSince: watchedSinceSchema,
    cutBefore: timeSchema
      .nullable()
      .describe("The range has more changes than are listed; those before this time are left out."),
  })
  .meta({ id: "Owners" });
export type Owners = z.infer<typeof ownersSchema>;

export const ownersQuerySchema = historyQuerySchema.pick({ store: true, from: true, to: true });
export type OwnersQuery = z.infer<typeof ownersQuerySchema>;

export const activitySchema = z
  .object({
    entries: z
      .array(
        z.object({
          id: integerSchema,
          at: timeSchema,
          actor: z.string(),
          action: z.string(),
          hub: z.string(),
          group: z.string().nullable(),
          outcome: z.string(),
          details: z.record(z.string(), z.unknown()),
        }),
      )
      .describe("Newest first."),
  })
  .meta({ id: "Activity" });
export type Activity = z.infer<typeof activitySchema>;

export const activityQuerySchema = z.object({
  hub: z.string().min(1).max(256).optional(),
  group: z.string().min(1).max(256).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional().describe("Default 100."),
  before: z.coerce.number().int().min(1).optional().describe("Only entries older than the one with this id."),
});
export type ActivityQuery = z.infer<typeof activityQuerySchema>;
