import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";

/** A store as it is configured, or was found in an account. */
export interface DiagnosedStore {
  id: string;
  isAccount: boolean;
  /** What a remedy for a refusal speaks of. */
  credential: "identity" | "key" | "signature";
  /** Empty where it is an account. */
  containerName: string;
  formats: readonly CheckpointFormat[];
  prefix: string;
  consumerGroup: string | null;
  /** What else its container holds is told for this one. */
  looksAround: boolean;
  /** Prefixes of this container that other stores of the configuration read layouts without names under. */
  claimedElsewhere: readonly string[];
}

/** A hub as it is configured, as far as a diagnosis compares it with what is seen. */
export interface DiagnosedHub {
  fullyQualifiedNamespace: string;
  eventHubName: string;
  credential: "identity" | "key" | "signature";
  transport: "amqp" | "webSockets";
  namespaceAliases: readonly string[];
  consumerGroups: readonly string[];
  inspectionConsumerGroup: string | null;
  stores: readonly DiagnosedStore[];
}
