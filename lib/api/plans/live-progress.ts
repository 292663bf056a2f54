import { z } from "zod";
import { integerSchema, timeSchema } from "../scalars.ts";

/** The steps of one partition's live reset, in order. `aborting` can follow any of them. */
export const liveSteps = [
  "waiting",
  "claiming",
  "fencing",
  "writing",
  "holding",
  "releasing",
  "verifying",
  "aborting",
  "ended",
] as const;
const liveStepSchema = z.enum(liveSteps);
export type LiveStep = z.infer<typeof liveStepSchema>;

export const liveProgressSchema = z.object({
  step: liveStepSchema,
  since: timeSchema,
  wave: integerSchema.describe("Partitions go in waves, counted from 1."),
  heldOff: z.string().nullable().describe("The owner id of the processor that is paused."),
  holdUntil: timeSchema.nullable().describe("When the hold ends if nothing is written over it until then."),
  rewrites: integerSchema.describe("How often the processor overwrote it, and the reset wrote it again."),
  overwrite: z
    .object({
      ownerId: z
        .string()
        .nullable()
        .describe("The writer that the checkpoint names, else the paused owner; null: nobody owned it."),
      sequenceNumber: integerSchema.nullable(),
      times: integerSchema.describe("How often in a row it was this position."),
    })
    .nullable()
    .optional()
    .describe("The last position that was stored over the new one. Null: none."),
  pausedAt: timeSchema.nullable().optional().describe("When the processor was paused. Null: not yet."),
  limitAt: timeSchema
    .nullable()
    .optional()
    .describe("Until when it is written again where it is overwritten. Null: not in this step."),
  resumedAt: integerSchema.nullable().describe("Where the processor went on, as far as it was seen."),
  resumedBy: z.string().nullable(),
  withoutReaderSeconds: z
    .number()
    .nullable()
    .describe("From the fence to the first checkpoint after the release; null: none was seen."),
  target: integerSchema
    .optional()
    .describe("The checkpoint that is written; it stands there once the step is `holding`."),
  holdSeconds: z
    .number()
    .optional()
    .describe("How long the hold was expected to be, as long as the plan is known."),
});
export type LiveProgress = z.infer<typeof liveProgressSchema>;
