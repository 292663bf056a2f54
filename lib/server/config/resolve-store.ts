import { Secret } from "#lib/core/secret.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { StoreConfig } from "./config.ts";
import { blobServiceUrl } from "./connection-strings.ts";
import type { StoreEntry } from "./schema.ts";

/** The layouts that name both the hub and the group. */
const selfNaming: readonly CheckpointFormat[] = ["common", "functions", "dapr"];

/** @param report is told of every fault. Null where the entry can't be used. */
export function resolveStore(
  entry: StoreEntry,
  path: string,
  report: (problem: string) => void,
): StoreConfig | null {
  const address = resolveAddress(entry, path, report);
  const formats = entry.formats ?? selfNaming;
  if (formats.includes("go3") && entry.consumerGroup === undefined) {
    report(`${path}.consumerGroup: is missing; the Go layout (go3) names no group, so say whose it is`);
  }
  return address === null
    ? null
    : {
        id: entry.id ?? address.containerName,
        ...address,
        connectionString: entry.connectionString === undefined ? null : new Secret(entry.connectionString),
        prefix: entry.prefix ?? null,
        consumerGroup: entry.consumerGroup ?? null,
        formats,
      };
}

function resolveAddress(
  entry: StoreEntry,
  path: string,
  report: (problem: string) => void,
): { containerUrl: string; containerName: string } | null {
  if ((entry.containerUrl === undefined) === (entry.connectionString === undefined)) {
    report(`${path}: give either containerUrl or connectionString with container`);
    return null;
  }
  if (entry.connectionString !== undefined) {
    const service = blobServiceUrl(entry.connectionString);
    if (service === null) {
      report(`${path}.connectionString: names no storage account (AccountName=… or BlobEndpoint=…)`);
    }
    if (entry.container === undefined) {
      report(`${path}.container: is missing; connectionString names an account only`);
    }
    return service === null || entry.container === undefined
      ? null
      : { containerUrl: `${service}/${entry.container}`, containerName: entry.container };
  }
  return containerFromUrl(entry, path, report);
}

function containerFromUrl(entry: StoreEntry, path: string, report: (problem: string) => void) {
  const url = new URL(entry.containerUrl ?? "");
  if (url.search !== "" || url.username !== "" || url.password !== "") {
    report(`${path}.containerUrl: must not carry a signature or a password; use connectionString for keys`);
    return null;
  }
  if (entry.container !== undefined) {
    report(`${path}.container: containerUrl names the container already`);
  }
  const segments = url.pathname.split("/").filter((segment) => segment !== "");
  const containerName = segments.at(-1);
  if (containerName === undefined) {
    report(`${path}.containerUrl: names no container; expected https://account.blob…/container`);
    return null;
  }
  return { containerUrl: `${url.origin}/${segments.join("/")}`, containerName };
}
