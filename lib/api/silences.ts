import { z } from "zod";
import { integerSchema, timeSchema } from "./scalars.ts";

const pattern = z.string().trim().min(1).max(256);
const longestSeconds = 7 * 86_400;

/** A maintenance window: incidents still open and show, but nobody is told. */
export const silenceSchema = z
  .object({
    id: integerSchema,
    hub: z.string().describe("Ids of hubs; `*` stands for any text."),
    group: z.string().describe("Names of groups, without case; `*` alone is of the hub itself, too."),
    rule: z.string().describe("Ids of rules."),
    createdAt: timeSchema,
    until: timeSchema,
    by: z.string(),
    note: z.string(),
  })
  .meta({ id: "Silence" });
export type Silence = z.infer<typeof silenceSchema>;

export const silencesSchema = z.object({ silences: z.array(silenceSchema) }).meta({ id: "Silences" });
export type Silences = z.infer<typeof silencesSchema>;

export const newSilenceSchema = z
  .strictObject({
    hub: pattern.describe("An id of a hub, or a pattern in which `*` stands for any text."),
    group: pattern
      .default("*")
      .describe("A group's name, or a pattern. Default: every group, and the hub itself."),
    rule: pattern.default("*").describe("A rule's id, or a pattern. Default: every rule."),
    seconds: z
      .number()
      .int()
      .min(60)
      .max(longestSeconds)
      .describe("How long, from now on: a minute to a week."),
    note: z.string().trim().min(1).max(500).describe("Why. It is shown in the activity."),
  })
  .meta({ id: "NewSilence" });
export type NewSilence = z.infer<typeof newSilenceSchema>;

export const acknowledgeSchema = z
  .strictObject({
    note: z.string().trim().min(1).max(500).optional().describe("Why, or what is being done."),
  })
  .meta({ id: "Acknowledge" });
