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

interface Address {
  isAccount: boolean;
  containerUrl: string;
  containerName: string;
}

function resolveAddress(
  entry: StoreEntry,
  path: string,
  report: (problem: string) => void,
): (Address & { defaultId: string }) | null {
  const given = [entry.containerUrl, entry.accountUrl, entry.connectionString].filter(
    (one) => one !== undefined,
  );
  if (given.length !== 1) {
    report(`${path}: give one of containerUrl, connectionString and accountUrl`);
    return null;
  }
  if (entry.containerUrl !== undefined) return containerFromUrl(entry, path, report);
  const service =
    entry.accountUrl === undefined ? serviceOf(entry, path, report) : urlOf(entry, path, report);
  if (service === null) return null;
  const { container } = entry;
  if (container !== undefined) {
    const containerUrl = `${service}/${container}`;
    return { isAccount: false, containerUrl, containerName: container, defaultId: container };
  }
  const hubless = entry.formats?.find((format) => format === "eph" || format === "go3");
  if (hubless !== undefined || entry.prefix !== undefined) {
    const what = hubless === undefined ? "prefix" : `the ${hubless} layout`;
    report(`${path}.container: is missing; ${what} needs to be told which container it is in`);
  }
  return { isAccount: true, containerUrl: service, containerName: "", defaultId: accountName(service) };
}

function serviceOf(entry: StoreEntry, path: string, report: (problem: string) => void): string | null {
  const service = blobServiceUrl(entry.connectionString ?? "");
  if (service === null) {
    report(`${path}.connectionString: names no storage account (AccountName=… or BlobEndpoint=…)`);
  }
  return service;
}

function urlOf(entry: StoreEntry, path: string, report: (problem: string) => void): string | null {
  const url = new URL(entry.accountUrl ?? "");
  if (url.search !== "" || url.username !== "" || url.password !== "") {
    report(`${path}.accountUrl: must not carry a signature or a password; use connectionString for keys`);
    return null;
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** `contoso` of `https://contoso.blob.core.windows.net`, or of an address that has it in its path. */
function accountName(service: string): string {
  const { hostname, pathname } = new URL(service);
  return pathname.split("/").findLast((part) => part !== "") ?? hostname.split(".")[0] ?? hostname;
}

function containerFromUrl(
  entry: StoreEntry,
  path: string,
  report: (problem: string) => void,
): (Address & { defaultId: string }) | null {
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
  const containerUrl = `${url.origin}/${segments.join("/")}`;
  return { isAccount: false, containerUrl, containerName, defaultId: containerName };
}
