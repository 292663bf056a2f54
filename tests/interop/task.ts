import { z } from "zod";

/**
 * What a worker is told. Libraries that take no shared key use `token`, and those that take no account key
 * `containerUrl`, which has a signature. `connectionString` has no port, since the library's option for a
 * custom endpoint has that. The emulator's leads to the same endpoint over plain AMQP. `authority` is the
 * file with the certificate to trust.
 */
export interface Task {
  eventHubName: string;
  consumerGroup: string;
  connectionString: string;
  emulatorConnectionString: string;
  token: string;
  tlsPort: number;
  authority: string;
  storageConnectionString: string;
  container: string;
  containerUrl: string;
  /** True: intervals, expiry and strategy are the library's own, whatever is said below. */
  isByDefault?: boolean;
  intervalMs: number;
  expirationMs: number;
  batchSize: number;
  handlerMs: number;
  /** Events between two checkpoints of a partition. 0: one checkpoint per batch. */
  checkpointEvery: number;
  startPosition: "earliest" | "latest";
  /**
   * Reads this partition alone, without load balancing. With `claims`, claims it so many times at once with
   * the library's store, and does nothing else.
   */
  partitionId?: string;
  claims?: number;
  ownerLevel?: number;
  variant?: string;
}

export const lineSchema = z.object({
  kind: z.enum(["started", "claimed", "lost", "event", "checkpointed", "error", "stopped"]),
  /** Epoch milliseconds, by the worker's clock. */
  at: z.number(),
  partitionId: z.string().nullish(),
  sequenceNumber: z.number().optional(),
  message: z.string().optional(),
  reason: z.string().optional(),
});
export type Line = z.infer<typeof lineSchema>;
