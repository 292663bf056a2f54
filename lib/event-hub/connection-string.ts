import { readConnectionFields, readEndpoint } from "#lib/core/connection-fields.ts";

export interface EventHubsAddress {
  fullyQualifiedNamespace: string;
  port: number | null;
  eventHubName: string | null;
  isDevelopmentEmulator: boolean;
  credential: { kind: "key"; name: string; key: string } | { kind: "signature"; signature: string };
}

/**
 * Reads connection strings as the portal, the Azure CLI and people write them: names in any casing, quotes
 * and blanks dropped, any endpoint scheme or none. The namespace comes without port, lower-cased, as in blob
 * names. The fault says what to correct, without any value.
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
  // The service needs this prefix, which some tools leave out.
  const isWhole = /^SharedAccessSignature\s/i.test(signature);
  return {
    kind: "signature",
    signature: isWhole
      ? signature.replace(/^SharedAccessSignature\s+/i, "SharedAccessSignature ")
      : `SharedAccessSignature ${signature}`,
  };
}
