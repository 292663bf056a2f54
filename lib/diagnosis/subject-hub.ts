import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";

export interface DiagnosedStore {
  id: string;
  isAccount: boolean;
  credential: "identity" | "key" | "signature";
  containerName: string;
  formats: readonly CheckpointFormat[];
  prefix: string;
  consumerGroup: string | null;
  looksAround: boolean;
  /** Prefixes of this container that other stores read in layouts without names. */
  claimedElsewhere: readonly string[];
}

export interface DiagnosedHub {
  fullyQualifiedNamespace: string;
  eventHubName: string;
  credential: "identity" | "key" | "signature";
  transport: "amqp" | "webSockets";
  namespaceAliases: readonly string[];
  consumerGroups: readonly string[];
  inspectionConsumerGroup: string | null;
  ownershipExpirationSeconds: number | null;
  stores: readonly DiagnosedStore[];
}
