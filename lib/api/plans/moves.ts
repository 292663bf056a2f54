import { z } from "zod";
import { groupNamePattern } from "#lib/core/name-pattern.ts";
import { checkpointFormats } from "#lib/core/stored-blobs.ts";
import { idSchema } from "../scalars.ts";

const nameSchema = z.string().min(1).max(256);
/** It need not have a blob yet, so the name that is given becomes a part of blobs' names. */
const newGroupSchema = z
  .string()
  .trim()
  .max(256)
  .regex(groupNamePattern, "must be a consumer group's name, without blanks or slashes");
const formatSchema = z.enum(checkpointFormats);
const maxPartitions = 2_048;
const partitionsSchema = z.array(idSchema).max(maxPartitions);

/** The target of a move: a group's checkpoints go to the common layout of this hub. */
export const moveTargetSchema = z.object({
  kind: z.literal("move"),
  from: z
    .object({
      group: nameSchema,
      store: nameSchema,
      hub: idSchema.optional().describe("Another hub's id. Missing: it is of this hub."),
    })
    .describe("The group that is moved."),
  format: formatSchema.optional().describe("Only checkpoints of this layout are moved."),
  overwrite: partitionsSchema.describe("Partitions whose checkpoint at the target may be replaced."),
});
export type MoveTarget = z.infer<typeof moveTargetSchema>;

export const movePreviewBodySchema = z
  .object({
    partitions: z.union([z.literal("all"), partitionsSchema.min(1)]),
    to: z
      .object({
        hub: idSchema
          .optional()
          .describe(
            "Another hub: by enqueued time, at the first event enqueued at or after the last processed one. Default: the group's own.",
          ),
        group: newGroupSchema.optional().describe("Default: the group itself."),
        store: nameSchema
          .optional()
          .describe("A configured store of that hub. Default: the one that is moved from."),
      })
      .default({}),
    format: formatSchema
      .optional()
      .describe(
        "Only checkpoints of this layout are moved. Default: those that the group's processors read.",
      ),
    overwrite: partitionsSchema
      .default([])
      .describe("Partitions whose checkpoint at the target may be replaced. Default: none."),
  })
  .meta({ id: "MovePreviewRequest" });
export type MovePreviewRequest = z.infer<typeof movePreviewBodySchema>;
