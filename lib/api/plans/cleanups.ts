import { z } from "zod";
import { integerSchema, timeSchema } from "../scalars.ts";

/** Azure's limit for blob names. */
const blobNameSchema = z.string().min(1).max(1_024);
const mostBlobs = 5_000;

/** Why a blob may be deleted or needs a repair (lib/reset/README.md#clean-ups). */
const cleanupKinds = [
  "goneGroup",
  "gonePartition",
  "placeholder",
  "leftBehind",
  "brokenCheckpoint",
  "brokenOwnership",
] as const;
export type CleanupKind = (typeof cleanupKinds)[number];

export const cleanupTargetSchema = z.object({ kind: z.literal("cleanup") });

export const cleanupPreviewBodySchema = z
  .object({
    blobs: z
      .union([z.literal("all"), z.array(blobNameSchema).min(1).max(mostBlobs)])
      .default("all")
      .describe(
        "Names of blobs. `all`: all that could be cleaned up but broken checkpoints of partitions that stand, which a reset repairs; those have to be named.",
      ),
  })
  .meta({ id: "CleanupPreviewRequest" });
export type CleanupPreviewRequest = z.infer<typeof cleanupPreviewBodySchema>;

export const cleanedBlobSchema = z
  .object({
    partitionId: z.string().describe("As the blob's name has it."),
    why: z.enum(cleanupKinds),
    act: z
      .enum(["delete", "repair", "restore"])
      .describe(
        "`repair`: the ownership names nobody any more. `restore`: an undo brings it back as it was.",
      ),
    sizeBytes: integerSchema,
    updatedAt: timeSchema,
    ageSeconds: integerSchema,
  })
  .meta({ id: "CleanedBlob" });
export type CleanedBlob = z.infer<typeof cleanedBlobSchema>;
