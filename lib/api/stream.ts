import { z } from "zod";
import { consumerGroupSchema, groupPartitionSchema } from "./consumer-group.ts";
import { eventHubSchema, partitionSchema } from "./event-hub.ts";
import type { Reset } from "./resets.ts";
import { storeQuerySchema, timeSchema } from "./scalars.ts";

/** Data of the `snapshot` event, sent after each refresh of a hub, also a failed one. */
export const snapshotEventSchema = z
  .object({
    hub: z.string(),
    observedAt: timeSchema.nullable(),
    eventHub: eventHubSchema,
    consumerGroups: z.array(consumerGroupSchema),
    group: z.string().optional().describe("With ?group=: the group whose partitions follow."),
    store: z.string().optional(),
    partitions: z.array(groupPartitionSchema).optional(),
    id: z.string().optional().describe("With ?changes=true: the id of this snapshot."),
    full: z
      .boolean()
      .optional()
      .describe(
        "With ?changes=true. True: `partitions` has all partitions. False: only those that changed since `after`.",
      ),
    after: z.string().optional().describe("If `full` is false: the id of the previous snapshot."),
    removed: z
      .array(z.string())
      .optional()
      .describe("If `full` is false: ids of partitions that are gone since `after`."),
    hubPartitions: z.array(partitionSchema).optional().describe("With ?hubPartitions=true."),
  })
  .meta({ id: "SnapshotEvent" });
export type SnapshotEvent = z.infer<typeof snapshotEventSchema>;

/**
 * `?hub=` restricts the stream to one hub; `?group=` and `?store=` add that group's partitions.
 * `?changes=true` sends only the partitions that changed since the previous snapshot of this stream.
 */
export const streamQuerySchema = z.object({
  hub: z.string().min(1).max(256).optional(),
  group: z.string().min(1).max(256).optional(),
  store: storeQuerySchema,
  hubPartitions: z.enum(["true", "false"]).optional(),
  changes: z
    .enum(["true", "false"])
    .optional()
    .describe("`true`: after the first snapshot, only the partitions that changed are sent."),
});
export type StreamQuery = z.infer<typeof streamQuerySchema>;

export const configurationEventSchema = z
  .object({ isFaulty: z.boolean() })
  .meta({ id: "ConfigurationEvent" });
export type ConfigurationEvent = z.infer<typeof configurationEventSchema>;

export type StreamEvent =
  | { event: "snapshot"; data: SnapshotEvent }
  | { event: "reset"; data: Reset }
  | { event: "configuration"; data: ConfigurationEvent };
