import { z } from "zod";
import { consumerGroupSchema } from "./consumer-group.ts";
import { faultSchema } from "./errors.ts";
import { eventHubSchema } from "./event-hub.ts";
import { integerSchema, timeSchema } from "./scalars.ts";

/** A group's lag over at most the last hour, oldest first. A gap is a point with null lag. */
export const trendSchema = z
  .object({
    hub: z.string(),
    consumerGroup: z.string(),
    store: z.string(),
    points: z.array(
      z.object({
        at: timeSchema,
        lag: integerSchema.nullable().describe("As `measuredLag` of the history's points."),
        partitionsUnknown: integerSchema.optional().describe("Absent: none."),
        partitionsBounded: integerSchema.optional().describe("Absent: none."),
      }),
    ),
  })
  .meta({ id: "Trend" });
export type Trend = z.infer<typeof trendSchema>;

export const overviewSchema = z
  .object({
    refreshSeconds: z.number(),
    eventHubs: z.array(eventHubSchema.extend({ consumerGroups: z.array(consumerGroupSchema) })),
    trends: z.array(trendSchema),
    historyError: faultSchema
      .nullable()
      .optional()
      .describe("The history can't be written now; everything else works."),
  })
  .meta({ id: "Overview" });
export type Overview = z.infer<typeof overviewSchema>;
