/** What an Event Hubs connection string says, apart from its secret. */
export interface EventHubAddress {
  /** Without a port, lower case, as blob names carry it. */
  fullyQualifiedNamespace: string;
  eventHubName: string | null;
}

function fields(connectionString: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of connectionString.split(";")) {
    const split = part.indexOf("=");
    if (split > 0) {
      found.set(part.slice(0, split).trim().toLowerCase(), part.slice(split + 1).trim());
    }
  }
  return found;
}

function parseUrl(text: string | undefined): URL | null {
  return text !== undefined && URL.canParse(text) ? new URL(text) : null;
}

/** Null where there is no `Endpoint=sb://…` in it. Its message would carry the secret, so it has none. */
export function readEventHubConnectionString(connectionString: string): EventHubAddress | null {
  const found = fields(connectionString);
  const endpoint = parseUrl(found.get("endpoint"));
  if (endpoint === null || endpoint.hostname === "") {
    return null;
  }
  const hasRight =
    found.has("sharedaccesssignature") || (found.has("sharedaccesskeyname") && found.has("sharedaccesskey"));
  return hasRight
    ? {
        fullyQualifiedNamespace: endpoint.hostname.toLowerCase(),
        eventHubName: found.get("entitypath") ?? null,
      }
    : null;
}

const devStore = "http://127.0.0.1:10000/devstoreaccount1";

/** The URL of the blob service that a storage connection string names, without a query; null where it names none. */
export function blobServiceUrl(connectionString: string): string | null {
  const found = fields(connectionString);
  if (found.get("usedevelopmentstorage")?.toLowerCase() === "true") {
    return devStore;
  }
  const endpoint = found.get("blobendpoint");
  const account = found.get("accountname");
  if (endpoint === undefined && account === undefined) {
    return null;
  }
  const suffix = found.get("endpointsuffix") ?? "core.windows.net";
  const protocol = found.get("defaultendpointsprotocol") ?? "https";
  const url = parseUrl(endpoint ?? `${protocol}://${account}.blob.${suffix}`);
  return url === null ? null : `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}
