import { z } from "zod";
import { integerSchema, storeQuerySchema, timeSchema } from "./scalars.ts";

/** Input for an autoscaler. Every figure is known; if one is not, the route fails. */
export const scalingSchema = z
  .object({
    lag: integerSchema.describe("Unread events over the partitions that count."),
    isUpperBound: z
      .boolean()
      .describe("The lag is at most this: some partition with events has no checkpoint yet."),
    partitionsBehind: integerSchema.describe("Partitions that count and have unread events."),
    partitionCount: integerSchema.describe("All partitions of the hub: more processors have nothing to do."),
    active: z.boolean().describe("The lag is above 0."),
    observedAt: timeSchema.describe("When the figures were read."),
  })
  .meta({ id: "Scaling" });
export type Scaling = z.infer<typeof scalingSchema>;

export const scalingQuerySchema = z.object({
  store: storeQuerySchema,
  exclude: z
    .enum(["stalled"])
    .optional()
    .describe(
      "`stalled`: leave out partitions that have an active owner and whose status is `stall` or `stop`. More processors can't help there.",
    ),
});
export type ScalingQuery = z.infer<typeof scalingQuerySchema>;
