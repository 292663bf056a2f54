import { z } from "zod";

export interface Task {
  eventHubName: string;
  consumerGroup: string;
  /** Has a shared key and no port, since the library's option for a custom endpoint has that. */
  connectionString: string;
  /** The same endpoint as an emulator's, over plain AMQP. */
  emulatorConnectionString: string;
  /** Replaces the shared key for libraries that take none. */
  token: string;
  tlsPort: number;
  /** The file with the certificate to trust. */
  authority: string;
  storageConnectionString: string;
  container: string;
  /** Has a signature, for libraries that take no account key. */
  containerUrl: string;
  /** Intervals, expiry and strategy are the library's own, whatever is said below. */
  isByDefault?: boolean;
  /** How often ownerships are renewed, and when they expire. */
  intervalMs: number;
  expirationMs: number;
  batchSize: number;
  handlerMs: number;
  /** The number of events between two checkpoints of a partition. 0 means one checkpoint per batch. */
  checkpointEvery: number;
  startPosition: "earliest" | "latest";
  /** Set to read one partition without load balancing. */
  partitionId?: string;
  /** Set to claim that partition so many times at once with the library's store, and to do nothing else. */
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
