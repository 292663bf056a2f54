import type { BlobFormat } from "./format.ts";
import { isOldPartitionId, readLeaseBlob } from "./lease-blob.ts";
import { faultyBody, parseGoLease } from "./lease-body.ts";

/**
 * azure-event-hubs-go 3: `{prefix}{partitionId}`. The name has neither hub nor group: nothing is read unless
 * the configuration names the group.
 */
export const go3Format: BlobFormat = {
  format: "go3",

  roots: ({ consumerGroup }) => (consumerGroup === null ? [] : [{ path: "", exact: true }]),

  address(name, { consumerGroup }) {
    if (consumerGroup === null || !isOldPartitionId(name)) return null;
    return { kind: "lease", consumerGroup, partitionId: name };
  },

  parse: parseGoLease,

  read: (blob, address, body) =>
    readLeaseBlob("go3", blob, address, body ?? faultyBody("its content was not read")),
};
