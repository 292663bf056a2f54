import { z } from "zod";
import { reasonSchema } from "../reason.ts";
import { idSchema, integerSchema, timeSchema } from "../scalars.ts";

const nameSchema = z
  .string()
  .min(1)
  .max(256)
  .refine((text) => !text.includes("\0"), "must hold no NUL");

/** One plan each, so more would take too long to review and to keep. */
export const mostGroupsAtOnce = 1_000;

const sourceSchema = z.object({
  hub: idSchema,
  store: nameSchema.describe("The store that the groups stand in."),
  allHubs: z
    .boolean()
    .default(false)
    .describe("Also the groups of every other hub that has the same container and prefix as a store."),
});

const whenRunningSchema = z
  .enum(["skip", "wait"])
  .describe(
    "Groups that run are never written. `skip`: they are left out; `wait`: each is planned again and written once it has been stopped.",
  );
export type WhenRunning = z.infer<typeof whenRunningSchema>;

export const groupMovePreviewBodySchema = z
  .object({
    from: sourceSchema,
    to: z.object({
      store: nameSchema.describe(
        "A configured store of that hub; for other hubs, their store of the same container and prefix.",
      ),
    }),
    groups: z
      .array(nameSchema)
      .min(1)
      .max(mostGroupsAtOnce)
      .default(["*"])
      .describe("Names of groups, or patterns in which `*` stands for any text. Compared without case."),
    whenRunning: whenRunningSchema.default("skip"),
  })
  .meta({ id: "GroupMovePreviewRequest" });
export type GroupMovePreviewRequest = z.infer<typeof groupMovePreviewBodySchema>;

export const groupMoveUndoBodySchema = z
  .object({ whenRunning: whenRunningSchema.default("skip") })
  .meta({ id: "GroupMoveUndoRequest" });
export type GroupMoveUndoRequest = z.infer<typeof groupMoveUndoBodySchema>;

export const groupMoveApplyBodySchema = z
  .object({
    confirm: z
      .string()
      .max(256)
      .describe("The id of the store that the groups go to, or of an undo, went to; compared without case."),
  })
  .meta({ id: "GroupMoveApplyRequest" });
export type GroupMoveApplyRequest = z.infer<typeof groupMoveApplyBodySchema>;

export const groupMoveStates = ["planning", "planned", "running", "done", "stopped"] as const;
export type GroupMoveState = (typeof groupMoveStates)[number];

/** The last five are final. For an undo, `moved` means undone, `unchanged` undone before. */
export const groupMoveResults = [
  "pending",
  "ready",
  "blocked",
  "waiting",
  "moving",
  "moved",
  "partly",
  "unchanged",
  "skipped",
  "failed",
] as const;
export type GroupMoveResult = (typeof groupMoveResults)[number];

const partitionCountsSchema = z.object({
  toMove: integerSchema.describe("Checkpoints that the plan moves, or puts back as they were."),
  blocked: integerSchema.describe("Partitions that the plan leaves alone although they have a checkpoint."),
  unchanged: integerSchema.describe("Partitions whose checkpoint stands at the target already."),
  withoutCheckpoint: integerSchema.describe("Partitions that have nothing to be moved."),
  written: integerSchema.describe("Checkpoints that were written so far."),
});
export type GroupMovePartitions = z.infer<typeof partitionCountsSchema>;

const entrySchema = z.object({
  hub: z.string(),
  group: z.string(),
  store: z.string().describe("Where it stands."),
  to: z.string().describe("The store that it goes to."),
  result: z
    .enum(groupMoveResults)
    .describe(
      "The last five are final. Of an undo: `moved` is undone, `partly` undone in part, `unchanged` undone before.",
    ),
  isRunning: z.boolean().describe("Somebody ran on either side when it was last looked at."),
  partitions: partitionCountsSchema,
  reason: reasonSchema
    .nullable()
    .describe("Why it is blocked, was skipped, failed, or was moved in part; else null."),
  warnings: z.array(reasonSchema).describe("Of its plan: one of each kind."),
  planId: z.string().nullable().describe("Null: nothing of it is to be written."),
  resetIds: z
    .array(z.string())
    .describe("The resets that moved it, the oldest first: several where a dashboard ended in between."),
});
export type GroupMoveEntry = z.infer<typeof entrySchema>;

const headSchema = z.object({
  id: z.string(),
  state: z
    .enum(groupMoveStates)
    .describe("`done`: every group has its final result; `stopped`: somebody stopped it before that."),
  from: sourceSchema.extend({ allHubs: z.boolean() }),
  to: z.object({ store: z.string() }),
  groups: z.array(z.string()),
  whenRunning: whenRunningSchema,
  actor: z.string(),
  createdAt: timeSchema,
  expiresAt: timeSchema.nullable().describe("Until when it can be applied; null while it is being planned."),
  startedAt: timeSchema.nullable().describe("When it was applied; null: it was not."),
  endedAt: timeSchema.nullable(),
  stopAsked: z
    .object({ actor: z.string(), at: timeSchema })
    .nullable()
    .describe("Who asked to stop it. Groups that are being moved are moved to their end."),
  undoes: z.string().nullable().describe("The id of the move that this one undoes; null: it is no undo."),
  undoneBy: z.string().nullable().describe("The id of the last undo of this move that was applied."),
  results: z
    .object(Object.fromEntries(groupMoveResults.map((result) => [result, integerSchema])) as Counts)
    .describe("How many groups have each result."),
});
type Counts = Record<GroupMoveResult, typeof integerSchema>;

export const groupMoveSchema = headSchema.extend({ entries: z.array(entrySchema) }).meta({ id: "GroupMove" });
export type GroupMove = z.infer<typeof groupMoveSchema>;

export const groupMovesSchema = z
  .object({ groupMoves: z.array(headSchema.omit({ results: true })) })
  .meta({ id: "GroupMoves" });
export type GroupMoves = z.infer<typeof groupMovesSchema>;

export const groupMovesQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).optional().describe("Default 20."),
});
