import { z } from "zod";
import { integerSchema, timeSchema } from "../scalars.ts";

export const positionsSchema = z
  .object({
    fullyQualifiedNamespace: z.string(),
    eventHubName: z.string(),
    createdOn: timeSchema.describe("Of the hub: positions are valid only for that very hub."),
    consumerGroup: z.string(),
    store: z.string(),
    exportedAt: timeSchema,
    positions: z.array(
      z.object({
        partitionId: z.string(),
        nextSequenceNumber: integerSchema.nullable().describe("Null: there is no checkpoint."),
        enqueuedAt: timeSchema
          .nullable()
          .describe(
            "Of the next event, or of the last one processed where there is no next; null: not known.",
          ),
      }),
    ),
  })
  .meta({ id: "Positions" });
export type Positions = z.infer<typeof positionsSchema>;
