import type { BlobFormat } from "./format.ts";
import { isGroupName, isOldPartitionId, readLeaseBlob } from "./lease-blob.ts";
import { faultyBody, parseGoLease } from "./lease-body.ts";

/**
 * Dapr before 1.10: `dapr-{eventHub}-{consumerGroup}-{partitionId}` with the Go body. Names may contain
 * dashes: when the beginning fits two known hubs, the longer name wins.
 */
export const daprFormat: BlobFormat = {
  format: "dapr",

  roots: ({ eventHubName, onlyGroup }) => [
    { path: `dapr-${eventHubName}-${onlyGroup === undefined ? "" : `${onlyGroup}-`}`, exact: false },
  ],

  address(name, scope) {
    const lower = name.toLowerCase();
    const start = `dapr-${scope.eventHubName}-`;
    if (!lower.startsWith(start) || name.includes("/")) return null;
    const isOther = (hub: string) =>
      hub.length > scope.eventHubName.length && lower.startsWith(`dapr-${hub}-`);
    if (scope.otherEventHubNames.some(isOther)) return null;
    const end = name.lastIndexOf("-");
    const [consumerGroup, partitionId] = [name.slice(start.length, end), name.slice(end + 1)];
    if (!isGroupName(consumerGroup) || !isOldPartitionId(partitionId)) return null;
    const wanted = scope.consumerGroup?.toLowerCase() ?? null;
    if (wanted !== null && consumerGroup.toLowerCase() !== wanted) return null;
    return { kind: "lease", consumerGroup, partitionId };
  },

  parse: parseGoLease,

  read: (blob, address, body) =>
    readLeaseBlob("dapr", blob, address, body ?? faultyBody("its content was not read")),
};
