import { z } from "zod";
import { integerSchema } from "./scalars.ts";

const nameSchema = z.string().min(1).max(256);
const momentSchema = z.iso.datetime({ offset: true });
const partitionIdSchema = z.string().min(1).max(64);
const tenYearsSeconds = 315_360_000;

/** The hub that the file was exported from. Positions hold for that very hub only. */
const exportedFromSchema = z
  .object({
    fullyQualifiedNamespace: nameSchema,
    eventHubName: nameSchema,
    createdOn: z.iso.datetime().describe("Of the hub; a hub re-created under the same name has another."),
  })
  .meta({ id: "ExportedFrom" });

export const targetSchema = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("earliest") }),
    z.object({ kind: z.literal("latest") }),
    z.object({
      kind: z.literal("sequenceNumber"),
      value: integerSchema.describe("The next event to be read, the same on every partition."),
    }),
    z.object({
      kind: z.literal("time"),
      value: momentSchema.describe("The first event enqueued at or after it."),
    }),
    z.object({
      kind: z.literal("ago"),
      seconds: z.number().min(0).max(tenYearsSeconds).describe("Resolved once, at the preview."),
    }),
    z.object({
      kind: z.literal("shift"),
      by: integerSchema.describe("Events from the next one that the group would read; negative: back."),
    }),
    z.object({
      kind: z.literal("group"),
      name: nameSchema.describe("Where another group of this hub stands."),
      store: nameSchema
        .optional()
        .describe("The store of the other group, if several have one of this name."),
    }),
    z.object({
      kind: z.literal("positions"),
      values: z
        .record(partitionIdSchema, integerSchema)
        .describe("By partition id: the next event to be read. Of an exported file, or typed."),
      exportedFrom: exportedFromSchema
        .optional()
        .describe("Where the positions come from; refused where that is another hub than this."),
    }),
    z.object({
      kind: z.literal("times"),
      values: z
        .record(partitionIdSchema, momentSchema)
        .describe("By partition id: the first event enqueued at or after it. For files of another hub."),
    }),
  ])
  .meta({ id: "Target" });
export type Target = z.infer<typeof targetSchema>;
