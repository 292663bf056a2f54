import { z } from "zod";

/** What every worker is told, as JSON in its only argument. */
export interface Task {
  eventHubName: string;
  consumerGroup: string;
  /** With a shared key, and without a port: the library's own option for a custom endpoint has that. */
  connectionString: string;
  /** Of the same endpoint, as its emulator's: plain AMQP. */
  emulatorConnectionString: string;
  /** In place of the shared key, for libraries that take none. */
  token: string;
  tlsPort: number;
  /** The file with the certificate that is to be trusted. */
  authority: string;
  storageConnectionString: string;
  container: string;
  /** With a signature, for libraries that take no account key. */
  containerUrl: string;
  /** How often ownerships are renewed, and when they expire. */
  intervalMs: number;
  expirationMs: number;
  batchSize: number;
  /** How long the handler takes for an event. */
  handlerMs: number;
  /** Events between two checkpoints of a partition; 0: one for each batch. */
  checkpointEvery: number;
  startPosition: "earliest" | "latest";
  /** One partition, without load balancing. */
  partitionId?: string;
  ownerLevel?: number;
  variant?: string;
}

/** What every worker says on stdout, a line of JSON each. */
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
