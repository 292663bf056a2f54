import type { BlobFormat, StoreScope } from "./format.ts";
import { isGroupName, isOldPartitionId, readLeaseBlob } from "./lease-blob.ts";
import { faultyBody, parseHostLease } from "./lease-body.ts";

/**
 * Azure Functions before extension 5, in the container `azure-webjobs-eventhub`: .NET's EventProcessorHost
 * under `{namespace}/{eventHub}/{consumerGroup}/{partitionId}`. Later extensions write the common format, and
 * read this one for partitions that have no common checkpoint yet.
 */
export const functionsFormat: BlobFormat = {
  format: "functions",

  roots: (scope) =>
    folders(scope).map((path) => ({
      path: scope.onlyGroup === undefined ? path : `${path}${scope.onlyGroup}/`,
      exact: false,
    })),

  address(name, scope) {
    const [namespace, eventHub, consumerGroup, partitionId, ...deeper] = name.split("/");
    if (deeper.length > 0 || !isGroupName(consumerGroup) || !isOldPartitionId(partitionId)) return null;
    if (!folders(scope).includes(`${namespace}/${eventHub}/`.toLowerCase())) return null;
    return { kind: "lease", consumerGroup, partitionId };
  },

  parse: parseHostLease,

  read: (blob, address, body) =>
    readLeaseBlob("functions", blob, address, body ?? faultyBody("its content was not read")),
};

function folders({ fullyQualifiedNamespaces, eventHubName }: StoreScope): string[] {
  return fullyQualifiedNamespaces.map((namespace) => `${escaped(namespace)}/${escaped(eventHubName)}/`);
}

/**
 * Escapes like the extension: anything but letters, digits, `-`, `_` and `.` becomes `:XX`, or `::XXXX` past
 * Latin-1.
 */
function escaped(name: string): string {
  return name.replace(/[^a-z0-9._-]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100
      ? `:${code.toString(16).padStart(2, "0")}`
      : `::${code.toString(16).padStart(4, "0")}`;
  });
}
