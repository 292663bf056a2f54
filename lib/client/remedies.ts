import type { ErrorCode } from "#lib/core/app-error.ts";

const remedies: Partial<Record<ErrorCode, string>> = {
  azureUnauthorized:
    "Give the dashboard's identity Azure Event Hubs Data Receiver on the event hub and Storage Blob Data Reader on the container; new rights take some minutes to work.",
  azureUnreachable:
    "Check the namespace's name, DNS, and that firewalls and private endpoints let this machine through.",
  azureTimeout: "Check the network on the way to Azure; the dashboard tries again at every refresh.",
  azureThrottled: "It goes on by itself once Azure lets it; a longer refreshSeconds asks less.",
  eventHubNotFound: "Check eventHubName and the namespace in the configuration.",
  containerNotFound:
    "Check the container's name and account in the configuration, or start a processor that creates it.",
  formatNotSupported: "Name the formats of this store in the configuration, under checkpointStores.",
  notReadYet: "Wait for the first refresh.",
};

/** The next step for a named failure, where there is one beyond the error's own sentence. */
export function remedyOf(code: ErrorCode): string | null {
  return remedies[code] ?? null;
}
