import { z } from "zod";

/**
 * What a broken blob stops: all partitions of its group, its own, or nothing. The dashboard's warnings refer
 * to these results.
 */
export const stoppedSchema = z.enum(["all", "own", "nothing"]);
export type Stopped = z.infer<typeof stoppedSchema>;

const recordedBlobSchema = z.object({
  name: z.string(),
  metadata: z.record(z.string(), z.string()),
  size: z.number(),
  contentType: z.string(),
  leased: z.boolean(),
});

/**
 * What an SDK wrote for one group, while its processor ran and once it had closed in good order. Names are
 * those that the processor was told. `partitions` has the last event of each, which was checkpointed.
 */
export const recordedSchema = z.object({
  namespace: z.string(),
  eventHub: z.string(),
  consumerGroup: z.string(),
  partitions: z.record(z.string(), z.object({ sequenceNumber: z.number(), offset: z.string() })),
  running: z.array(recordedBlobSchema),
  closed: z.array(recordedBlobSchema),
});
export type Recorded = z.infer<typeof recordedSchema>;

/**
 * How a processor goes about its work where nothing is configured. A takeover counts from a stranger's last
 * renewal: its expiry and up to an interval. Two free partitions are claimed both at once, or one in each
 * interval.
 */
export const defaultsSchema = z.object({
  renewsEverySeconds: z.number(),
  takesOverAfterSeconds: z.number(),
  claims: z.enum(["both", "one"]),
});

/**
 * What a case of an SDK found out besides that it holds. A pause lasts from the last event before a live
 * reset to the first after it. `stopped` is by the kind of broken blob.
 */
export const findingsSchema = z.object({
  sdk: z.string(),
  number: z.number(),
  pausesMs: z.array(z.number()).optional(),
  stopped: z.record(z.string(), stoppedSchema).optional(),
  recorded: z.array(recordedSchema).optional(),
  defaults: defaultsSchema.optional(),
});
export type Findings = Omit<z.infer<typeof findingsSchema>, "sdk" | "number">;
