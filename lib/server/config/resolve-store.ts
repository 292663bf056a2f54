import { hasAccountInPath } from "#lib/checkpoint-store/account-in-path.ts";
import { readStorageConnectionString } from "#lib/checkpoint-store/storage-connection-string.ts";
import { Secret } from "#lib/core/secret.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { StoreConfig } from "./config.ts";
import type { Faults } from "./file/faults.ts";
import type { StoreEntry } from "./schema.ts";

const selfNaming: readonly CheckpointFormat[] = ["common", "functions", "dapr"];

export function resolveStore(entry: StoreEntry, path: string, faults: Faults): StoreConfig | null {
  const address = resolveAddress(entry, path, faults);
  const formats = entry.formats ?? selfNaming;
  const groupPath = `${path}.consumerGroup`;
  if (formats.includes("go3") && entry.consumerGroup === undefined && !faults.isFaulty(groupPath)) {
    faults.report(`${groupPath}: is missing; the Go layout (go3) does not name its group, so set it here`);
  }
  if (address === null) return null;
  const { defaultId, ...where } = address;
  return {
    id: entry.id ?? defaultId,
    ...where,
    connectionString: entry.connectionString === undefined ? null : new Secret(entry.connectionString),
    prefix: entry.prefix ?? null,
    consumerGroup: entry.consumerGroup ?? null,
    formats,
  };
}

type Address = Pick<StoreConfig, "isAccount" | "containerUrl" | "containerName" | "credential"> & {
  defaultId: string;
};

function resolveAddress(entry: StoreEntry, path: string, faults: Faults): Address | null {
  const ways = ["containerUrl", "accountUrl", "connectionString"] as const;
  if (ways.filter((way) => entry[way] !== undefined).length !== 1) {
    const isToldAlready = ways.some((way) => faults.isFaulty(`${path}.${way}`));
    if (!isToldAlready) faults.report(`${path}: give one of containerUrl, connectionString and accountUrl`);
    return null;
  }
  if (entry.containerUrl !== undefined) return containerFromUrl(entry.containerUrl, entry, path, faults);
  const service = serviceOf(entry, path, faults);
  if (service === null || faults.isFaulty(`${path}.container`)) return null;
  const { container } = entry;
  if (container !== undefined) {
    const containerUrl = `${service.url}/${container}`;
    const { credential } = service;
    return { isAccount: false, containerUrl, containerName: container, credential, defaultId: container };
  }
  const hubless = entry.formats?.find((format) => format === "eph" || format === "go3");
  if (hubless !== undefined || entry.prefix !== undefined) {
    const what = hubless === undefined ? "prefix" : `the ${hubless} layout`;
    faults.report(`${path}.container: is missing; ${what} needs to be told which container it is in`);
  }
  return {
    isAccount: true,
    containerUrl: service.url,
    containerName: "",
    credential: service.credential,
    defaultId: accountName(service.url),
  };
}

interface Service {
  url: string;
  credential: StoreConfig["credential"];
}

function serviceOf(
  { connectionString, accountUrl = "" }: StoreEntry,
  path: string,
  faults: Faults,
): Service | null {
  if (connectionString !== undefined) {
    const read = readStorageConnectionString(connectionString);
    if (!("fault" in read)) return { url: read.serviceUrl, credential: read.credential.kind };
    faults.report(`${path}.connectionString: ${read.fault}`);
    return null;
  }
  const segments = segmentsOf(accountUrl, `${path}.accountUrl`, faults);
  if (segments === null) return null;
  const url = new URL(accountUrl);
  if (url.hostname.includes(".blob.") && segments.length > 0) {
    faults.report(`${path}.accountUrl: names a container; give containerUrl in its place`);
    return null;
  }
  return { url: [url.origin, ...segments].join("/"), credential: "identity" };
}

/** `contoso` of `https://contoso.blob.core.windows.net`, or from the path. */
function accountName(service: string): string {
  const { hostname, pathname } = new URL(service);
  return pathname.split("/").findLast((part) => part !== "") ?? hostname.split(".")[0] ?? hostname;
}

function containerFromUrl(
  containerUrl: string,
  entry: StoreEntry,
  path: string,
  faults: Faults,
): Address | null {
  if (entry.container !== undefined) {
    faults.report(`${path}.container: containerUrl names the container already`);
  }
  const segments = segmentsOf(containerUrl, `${path}.containerUrl`, faults);
  if (segments === null) return null;
  const url = new URL(containerUrl);
  const folder = segments.slice(
    url.hostname.includes(".blob.") ? 1 : hasAccountInPath(url) ? 2 : segments.length,
  );
  if (folder.length > 0) {
    const prefix = JSON.stringify(`${folder.join("/")}/`);
    faults.report(`${path}.containerUrl: names a folder in the container; put it into prefix (${prefix})`);
    return null;
  }
  const containerName = segments.at(-1);
  if (containerName === undefined) {
    faults.report(`${path}.containerUrl: names no container; expected https://account.blob…/container`);
    return null;
  }
  if (/[A-Z]/.test(containerName)) {
    faults.report(`${path}.containerUrl: no container's name has capitals; write it in lower case`);
    return null;
  }
  return {
    isAccount: false,
    containerUrl: [url.origin, ...segments].join("/"),
    containerName,
    credential: "identity",
    defaultId: containerName,
  };
}

function segmentsOf(address: string, path: string, faults: Faults): string[] | null {
  const url = new URL(address);
  if (url.search !== "" || url.username !== "" || url.password !== "") {
    faults.report(`${path}: must not carry a signature or a password; use connectionString for keys`);
    return null;
  }
  return url.pathname.split("/").filter((segment) => segment !== "");
}
