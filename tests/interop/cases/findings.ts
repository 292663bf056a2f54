import { z } from "zod";

/** What a broken blob stops: all partitions of its group, its own, or nothing. */
export const stoppedSchema = z.enum(["all", "own", "nothing"]);
export type Stopped = z.infer<typeof stoppedSchema>;

const recordedBlobSchema = z.object({
  name: z.string(),
  metadata: z.record(z.string(), z.string()),
  /** In bytes; no SDK writes a body here. */
  size: z.number(),
  contentType: z.string(),
  leased: z.boolean(),
});

/** What an SDK wrote for one group, while its processor ran and once it had closed in good order. */
export const recordedSchema = z.object({
  /** As the processor was told them. */
  namespace: z.string(),
  eventHub: z.string(),
  consumerGroup: z.string(),
  /** Of the last event of each partition: it was checkpointed. */
  partitions: z.record(z.string(), z.object({ sequenceNumber: z.number(), offset: z.string() })),
  running: z.array(recordedBlobSchema),
  closed: z.array(recordedBlobSchema),
});
export type Recorded = z.infer<typeof recordedSchema>;

/** How a processor goes about its work where nothing is configured. */
export const defaultsSchema = z.object({
  renewsEverySeconds: z.number(),
  /** From a stranger's last renewal until it took that partition over: its expiry and up to an interval. */
  takesOverAfterSeconds: z.number(),
  /** Of two partitions without an owner: both at once, or one in each interval. */
  claims: z.enum(["both", "one"]),
});

/** What a case of an SDK found out beside that it holds. */
export const findingsSchema = z.object({
  sdk: z.string(),
  number: z.number(),
  /** From the last event before a live reset to the first after it. */
  pausesMs: z.array(z.number()).optional(),
  /** By the kind of broken blob. */
  stopped: z.record(z.string(), stoppedSchema).optional(),
  recorded: z.array(recordedSchema).optional(),
  defaults: defaultsSchema.optional(),
});
export type Findings = Omit<z.infer<typeof findingsSchema>, "sdk" | "number">;
