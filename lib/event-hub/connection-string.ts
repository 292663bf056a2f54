import { readConnectionFields, readEndpoint } from "#lib/core/connection-fields.ts";

/** What an Event Hubs connection string says. The credential is a secret. */
export interface EventHubsAddress {
  /** Without a port, lower case, as blob names carry it. */
  fullyQualifiedNamespace: string;
  /** Null: the protocol's own. */
  port: number | null;
  /** Its `EntityPath`; null where it is left out or blank. */
  eventHubName: string | null;
  isDevelopmentEmulator: boolean;
  credential: { kind: "key"; name: string; key: string } | { kind: "signature"; signature: string };
}

/**
 * Reads a connection string as the portal, the Azure CLI and people write it: names in any casing, quotes and blanks
 * dropped, the endpoint with any scheme or none. The fault is a sentence that says what to correct, without any of
 * the values.
 */
export function readEventHubsConnectionString(text: string): EventHubsAddress | { fault: string } {
  const fields = readConnectionFields(text);
  const endpoint = readEndpoint(fields.get("Endpoint") ?? "", "sb");
  const hostname = endpoint?.hostname.toLowerCase() ?? "";
  if (endpoint === null || !/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/.test(hostname)) {
    return {
      fault: "is no Event Hubs connection string (Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…)",
    };
  }
  if (fields.ambiguous.length > 0) return { fault: "has a part that stands twice, with different values" };
  const credential = credentialOf(fields.get);
  if (credential === null) {
    return {
      fault:
        "carries neither SharedAccessKeyName with SharedAccessKey nor SharedAccessSignature; add them, or give " +
        "fullyQualifiedNamespace in its place to sign in with an identity",
    };
  }
  return {
    fullyQualifiedNamespace: hostname,
    port: endpoint.port === "" ? null : Number(endpoint.port),
    eventHubName: fields.get("EntityPath") ?? null,
    isDevelopmentEmulator: fields.get("UseDevelopmentEmulator")?.toLowerCase() === "true",
    credential,
  };
}

function credentialOf(get: (name: string) => string | undefined): EventHubsAddress["credential"] | null {
  const [name, key] = [get("SharedAccessKeyName"), get("SharedAccessKey")];
  if (name !== undefined && key !== undefined) return { kind: "key", name, key };
  const signature = get("SharedAccessSignature");
  if (signature === undefined) return null;
  // The service wants the word before it; some tools leave it out.
  const isWhole = /^SharedAccessSignature\s/i.test(signature);
  return {
    kind: "signature",
    signature: isWhole
      ? signature.replace(/^SharedAccessSignature\s+/i, "SharedAccessSignature ")
      : `SharedAccessSignature ${signature}`,
  };
}
