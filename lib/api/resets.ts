import { z } from "zod";
import { checkpointFormats } from "#lib/core/stored-blobs.ts";
import { cleanedBlobSchema, cleanupTargetSchema } from "./plans/cleanups.ts";
import { liveProgressSchema } from "./plans/live-progress.ts";
import { moveTargetSchema } from "./plans/moves.ts";
import { skipTargetSchema } from "./plans/skips.ts";
import { reasonSchema } from "./reason.ts";
import { idSchema, integerSchema, storeQuerySchema, timeSchema } from "./scalars.ts";
import { targetSchema } from "./target.ts";

export const resetModes = ["offline", "live"] as const;
const modeSchema = z.enum(resetModes);
export type ResetMode = z.infer<typeof modeSchema>;

const maxPartitions = 2_048;

export const previewBodySchema = z
  .object({
    partitions: z.union([z.literal("all"), z.array(idSchema).min(1).max(maxPartitions)]),
    target: targetSchema,
    mode: modeSchema.default("offline"),
    handlerSeconds: z
      .number()
      .min(1)
      .max(3_600)
      .default(30)
      .describe("Live: the longest time that the processors' handler takes."),
  })
  .meta({ id: "PreviewRequest" });
export type PreviewRequest = z.infer<typeof previewBodySchema>;

export const applyBodySchema = z
  .object({
    planId: idSchema,
    confirm: z.string().max(256).describe("The consumer group's name; compared without case."),
  })
  .meta({ id: "ApplyRequest" });
export type ApplyRequest = z.infer<typeof applyBodySchema>;

const stopTimeSchema = z
  .enum(["now", "afterWave"])
  .describe("`afterWave`: once the partitions that are paused now are through.");

export const stopBodySchema = z.object({ when: stopTimeSchema }).meta({ id: "StopRequest" });
export type StopRequest = z.infer<typeof stopBodySchema>;

export const standingCheckpointSchema = z
  .object({
    sequenceNumber: integerSchema.nullable(),
    offset: z.string().nullable().describe("Opaque."),
    updatedAt: timeSchema,
  })
  .meta({ id: "StandingCheckpoint" });
export type StandingCheckpoint = z.infer<typeof standingCheckpointSchema>;

const sourceCheckpointSchema = standingCheckpointSchema
  .extend({
    format: z.enum(checkpointFormats),
    blobName: z.string(),
    hub: idSchema
      .optional()
      .describe("The hub's id where it is another one: its sequence numbers mean nothing here."),
  })
  .meta({ id: "SourceCheckpoint" });

const edgeSchema = z.enum(["earliest", "latest"]);
export type Edge = z.infer<typeof edgeSchema>;

const planEntrySchema = z.object({
  partitionId: z
    .string()
    .describe("Of a clean-up: the blob's name, for there may be several of a partition."),
  current: standingCheckpointSchema.nullable().describe("Null: there is no checkpoint."),
  target: z
    .object({
      sequenceNumber: integerSchema,
      offset: z.string(),
      enqueuedAt: timeSchema.nullable().describe("That event's; null for the start of the stream."),
    })
    .nullable()
    .describe("The checkpoint that will be written; null where the partition is blocked."),
  resumesAt: z
    .object({ sequenceNumber: integerSchema, enqueuedAt: timeSchema.nullable() })
    .nullable()
    .describe("The next event that will be read; null at the end."),
  replays: integerSchema
    .nullable()
    .describe(
      "Events that will be read again, from the beginning on; at least so many where `holds` names a processor, which reads on until its turn.",
    ),
  skips: integerSchema
    .nullable()
    .describe("Events that will not be read; at most so many where `holds` names a processor."),
  processedSince: integerSchema
    .nullable()
    .describe("Of an undo: events processed since the reset that it undoes; else null."),
  clampedTo: edgeSchema.nullable().describe("The target lay outside of the stream."),
  warnings: z.array(reasonSchema),
  blockedBy: reasonSchema.nullable().describe("Why this partition will be left alone, and what to do."),
  repairs: z.array(edgeSchema).describe("Targets that would do for this partition where this one does not."),
  holds: z
    .object({ ownerId: z.string(), seconds: z.number() })
    .nullable()
    .describe(
      "Live: which processor will be paused, and for how long, probably: until the first checkpoint after it. Null: nobody.",
    ),
  source: sourceCheckpointSchema
    .nullable()
    .optional()
    .describe("Of a move: the checkpoint that is moved, which stays where it is. Null: there is none."),
  targetBlobName: z
    .string()
    .optional()
    .describe("Of a move and its undo: the blob that is written, or deleted where `removes` says so."),
  owners: z
    .object({ source: z.string().nullable(), target: z.string().nullable() })
    .optional()
    .describe("Of a move: the owner ids of who runs on either side. Null: nobody owns the partition there."),
  removes: z
    .literal(true)
    .optional()
    .describe("The blob is deleted: by a clean-up, or by the undo of a move that made it."),
  cleans: cleanedBlobSchema
    .optional()
    .describe("Of a clean-up and its undo: the blob, and what is done to it."),
});
export type ResetPlanEntry = z.infer<typeof planEntrySchema>;

const resolvedAgoSchema = z.object({
  kind: z.literal("ago"),
  seconds: z.number(),
  resolvedTime: timeSchema.describe("The moment that it came to, at the preview."),
});

const requestedSchema = z.union([
  resolvedAgoSchema,
  skipTargetSchema,
  targetSchema,
  moveTargetSchema,
  cleanupTargetSchema,
  z.object({ kind: z.literal("undo"), resetId: z.string() }),
]);
export type RequestedTarget = z.infer<typeof requestedSchema>;

const madePlanSchema = z.object({
  planId: z.string(),
  hub: z.string(),
  group: z.string(),
  store: z.string(),
  mode: modeSchema,
  handlerSeconds: z.number().nullable().describe("Live only."),
  target: requestedSchema,
  resolvedTime: timeSchema.nullable().describe("The moment that `time` or `ago` came to; else null."),
  createdAt: timeSchema,
  expiresAt: timeSchema,
  actor: z.string(),
  blockedBy: reasonSchema.nullable().describe("Why nothing of it can be written."),
  warnings: z.array(reasonSchema).describe("Of the plan as a whole."),
  notes: z
    .array(reasonSchema)
    .optional()
    .describe("Of a move: what processors need at the target, and how the move meets it. No faults."),
  entries: z.array(planEntrySchema).describe("Without the partitions on which nothing would change."),
  live: z
    .object({
      partitionsAtOnce: integerSchema,
      waves: integerSchema,
      seconds: z.number().describe("For all waves in turn, if no processor overwrites a checkpoint."),
    })
    .nullable()
    .optional()
    .describe("Live: how the reset will probably go. Null: it is offline."),
  unchanged: integerSchema.describe("Partitions on which nothing would change: they are not written."),
  unchangedPartitions: z.array(z.string()).describe("Their ids."),
  unchangedAtEdge: integerSchema.describe(
    "Those of them that can't get to the target, and stand already as near as the stream allows.",
  ),
});
export type ResetPlan = z.infer<typeof madePlanSchema>;

export const resetPlanSchema = madePlanSchema
  .extend({ resetId: z.string().nullable().describe("The reset that applied it; null: none has.") })
  .meta({ id: "ResetPlan" });
export type KnownPlan = z.infer<typeof resetPlanSchema>;

export const resetResults = [
  "pending",
  "written",
  "conflict",
  "failed",
  "skipped",
  "unknown",
  "overwritten",
] as const;
const resultSchema = z.enum(resetResults);
export type ResetResult = z.infer<typeof resultSchema>;

const resetEntrySchema = z.object({
  partitionId: z.string().describe("Of a clean-up: the blob's name."),
  result: resultSchema,
  before: standingCheckpointSchema
    .nullable()
    .describe(
      "What was replaced; null: there was none. Where nothing was written: what stood there at the review; null: not known.",
    ),
  after: standingCheckpointSchema.nullable().describe("What was written; null: nothing."),
  removes: z
    .literal(true)
    .optional()
    .describe("The checkpoint was to be deleted; `written`: it is. `before` is what stood there."),
  clampedTo: edgeSchema
    .nullable()
    .describe("The target lay outside of the stream, so this end of it was to be written."),
  replays: integerSchema
    .nullable()
    .optional()
    .describe("Events that are read again; null: not known, or nothing was written."),
  skips: integerSchema
    .nullable()
    .optional()
    .describe("Events that are not read; null: not known, or nothing was written."),
  processedSince: integerSchema
    .nullable()
    .optional()
    .describe("Of an undo: events that were processed after the undone reset; null: not known."),
  reason: reasonSchema.nullable().describe("Why it failed or was skipped, or what else was seen; else null."),
  live: liveProgressSchema.nullable(),
});
export type ResetEntry = z.infer<typeof resetEntrySchema>;

export const resetSchema = z
  .object({
    id: z.string(),
    planId: z.string(),
    hub: z.string(),
    group: z.string(),
    store: z.string(),
    mode: modeSchema,
    handlerSeconds: z.number().nullable().optional().describe("Live only, as its plan has it."),
    target: requestedSchema,
    state: z.enum(["running", "done", "failed"]),
    actor: z.string(),
    startedAt: timeSchema,
    endedAt: timeSchema.nullable(),
    watchedUntil: timeSchema
      .nullable()
      .describe("Until when a checkpoint that is written over is still noticed and told."),
    reason: reasonSchema.nullable().describe("Why it was broken off, or what was seen besides; else null."),
    stopAsked: z
      .object({ when: stopTimeSchema, actor: z.string(), at: timeSchema })
      .nullable()
      .optional()
      .describe("Live: who asked to break it off. Null: nobody."),
    entries: z.array(resetEntrySchema),
  })
  .meta({ id: "Reset" });
export type Reset = z.infer<typeof resetSchema>;

export const resetsSchema = z.object({ resets: z.array(resetSchema.omit({ entries: true })) }).meta({
  id: "Resets",
});
export type Resets = z.infer<typeof resetsSchema>;

export const resetsQuerySchema = z.object({
  store: storeQuerySchema,
  limit: z.coerce.number().int().min(1).max(100).optional().describe("Default 20."),
});
