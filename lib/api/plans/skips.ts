import { z } from "zod";
import { integerSchema, timeSchema } from "../scalars.ts";

export const skipPreviewBodySchema = z
  .object({
    sequenceNumber: integerSchema
      .min(0)
      .describe(
        "The event to skip. Refused where it is not in the stream, or where the group has already read it.",
      ),
    mode: z.enum(["offline", "live"]).default("offline"),
    handlerSeconds: z.number().min(1).max(3_600).default(30),
  })
  .meta({ id: "SkipPreviewRequest" });
export type SkipPreviewRequest = z.infer<typeof skipPreviewBodySchema>;

export const skippedEventSchema = z
  .object({
    partitionId: z.string(),
    sequenceNumber: integerSchema,
    enqueuedAt: timeSchema,
    kind: z.enum(["empty", "text", "hex"]),
    preview: z
      .string()
      .nullable()
      .describe(
        "The beginning of its body, at most 512 characters. Null: only operators of the group may see it.",
      ),
    bytes: integerSchema.nullable(),
    isCut: z.boolean(),
  })
  .meta({ id: "SkippedEvent" });
export type SkippedEvent = z.infer<typeof skippedEventSchema>;

export const skipTargetSchema = z.object({
  kind: z.literal("sequenceNumber"),
  value: integerSchema.describe("The next event to be read."),
  skipped: skippedEventSchema,
});
