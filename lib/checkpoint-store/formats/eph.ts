import type { BlobFormat } from "./format.ts";
import { isGroupName, isOldPartitionId, readLeaseBlob } from "./lease-blob.ts";
import { faultyBody, parseHostLease } from "./lease-body.ts";

/**
 * EventProcessorHost of .NET 4, Java 3 and Python 1: `{prefix}{consumerGroup}/{partitionId}`. The name has no
 * hub, so the configuration gives it.
 */
export const ephFormat: BlobFormat = {
  format: "eph",

  roots: ({ consumerGroup, onlyGroup }) => {
    const group = consumerGroup ?? onlyGroup;
    return group === undefined ? [{ path: "", exact: true }] : [{ path: `${group}/`, exact: false }];
  },

  address(name, scope) {
    const [consumerGroup, partitionId, ...deeper] = name.split("/");
    if (deeper.length > 0 || !isGroupName(consumerGroup) || !isOldPartitionId(partitionId)) return null;
    const wanted = scope.consumerGroup?.toLowerCase() ?? null;
    if (wanted !== null && consumerGroup.toLowerCase() !== wanted) return null;
    return { kind: "lease", consumerGroup, partitionId };
  },

  parse: parseHostLease,

  read: (blob, address, body) =>
    readLeaseBlob("eph", blob, address, body ?? faultyBody("its content was not read")),
};
