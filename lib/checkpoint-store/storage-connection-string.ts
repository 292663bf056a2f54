import { type ConnectionFields, readConnectionFields, readEndpoint } from "#lib/core/connection-fields.ts";
import { hasAccountInPath } from "./account-in-path.ts";

export interface StorageAddress {
  /** The blob service without query or trailing slash: `https://contoso.blob.core.windows.net`. */
  serviceUrl: string;
  credential:
    | { kind: "key"; accountName: string; accountKey: string }
    | { kind: "signature"; signature: string };
}

export interface ConnectionStringFault {
  fault: string;
}

const developmentAccount = "devstoreaccount1";
const developmentKey =
  "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/**
 * Reads connection strings as the portal, the Azure CLI and people write them: parts with a default may be
 * missing (`https`, `core.windows.net`), keys have any casing, quotes and blanks are dropped.
 */
export function readStorageConnectionString(text: string): StorageAddress | ConnectionStringFault {
  const fields = readConnectionFields(text);
  const [twice] = fields.ambiguous;
  if (twice !== undefined) return { fault: `names ${properName(twice)} twice, with different values` };
  if (fields.get("UseDevelopmentStorage")?.toLowerCase() === "true") return developmentStorage(fields);
  const endpoint = endpointOf(fields);
  if (typeof endpoint === "string") return { fault: endpoint };
  const accountKey = fields.get("AccountKey");
  if (accountKey !== undefined) return withKey(fields, endpoint, accountKey);
  const signature = fields.get("SharedAccessSignature")?.replace(/^\?/, "");
  if (signature === undefined) {
    return {
      fault:
        "carries neither AccountKey nor SharedAccessSignature; add one, or give containerUrl in its place to " +
        "sign in with an identity",
    };
  }
  if (!/(^|&)sig=./.test(signature)) {
    return { fault: "has a SharedAccessSignature without sig=…; was it cut off?" };
  }
  return { serviceUrl: textOf(endpoint), credential: { kind: "signature", signature } };
}

function developmentStorage(fields: ConnectionFields): StorageAddress | ConnectionStringFault {
  const proxy = readEndpoint(fields.get("DevelopmentStorageProxyUri") ?? "http://127.0.0.1", "http");
  if (proxy === null) return { fault: "has a DevelopmentStorageProxyUri that is no URL" };
  return {
    serviceUrl: `${proxy.protocol}//${proxy.hostname}:10000/${developmentAccount}`,
    credential: { kind: "key", accountName: developmentAccount, accountKey: developmentKey },
  };
}

function endpointOf(fields: ConnectionFields): URL | string {
  const protocol = (fields.get("DefaultEndpointsProtocol") ?? "https").toLowerCase().replace(/:\/*$/, "");
  if (protocol !== "https" && protocol !== "http")
    return "has a DefaultEndpointsProtocol that is not https or http";
  const account = fields.get("AccountName");
  if (account !== undefined && !/^[A-Za-z0-9-]{1,63}$/.test(account)) {
    return "has an AccountName that is no account's name (letters and digits)";
  }
  const given = fields.get("BlobEndpoint");
  if (given === undefined) {
    if (account === undefined) return "names no storage account (AccountName=… or BlobEndpoint=…)";
    const suffix = (fields.get("EndpointSuffix") ?? "core.windows.net").replace(/^\.+/, "");
    return (
      readEndpoint(`${account}.blob.${suffix}`, protocol) ?? "has an EndpointSuffix that is no host name"
    );
  }
  const url = readEndpoint(given, protocol);
  if (url === null || !/^https?:$/.test(url.protocol))
    return "has a BlobEndpoint that is no http or https URL";
  if (url.search !== "" || url.username !== "" || url.password !== "") {
    return "has a BlobEndpoint that carries a signature or a password; give it as SharedAccessSignature";
  }
  // Emulators have the account in the path, where it is often left out.
  if (hasAccountInPath(url) && url.pathname === "/") {
    if (account === undefined) return "has a BlobEndpoint that names no account; add AccountName";
    url.pathname = `/${account}`;
  }
  return url;
}

function withKey(
  fields: ConnectionFields,
  endpoint: URL,
  accountKey: string,
): StorageAddress | ConnectionStringFault {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(accountKey)) {
    return { fault: "has an AccountKey that is not base64; was it cut off, or escaped for a URL?" };
  }
  const inEndpoint = hasAccountInPath(endpoint)
    ? endpoint.pathname.split("/")[1]
    : endpoint.hostname.split(".")[0];
  // The service signs with the lower-cased name; an emulator uses its path as it is.
  const named = fields.get("AccountName");
  const accountName = fields.get("BlobEndpoint") === undefined ? named?.toLowerCase() : (named ?? inEndpoint);
  if (accountName === undefined || accountName === "") {
    return { fault: "names no storage account for its AccountKey; add AccountName" };
  }
  return { serviceUrl: textOf(endpoint), credential: { kind: "key", accountName, accountKey } };
}

function textOf(url: URL): string {
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

const properNames = [
  "AccountName",
  "AccountKey",
  "BlobEndpoint",
  "DefaultEndpointsProtocol",
  "EndpointSuffix",
  "SharedAccessSignature",
];

/** An unknown name may be part of a secret that was split wrongly. */
function properName(lowerCase: string): string {
  return properNames.find((name) => name.toLowerCase() === lowerCase) ?? "a part";
}
