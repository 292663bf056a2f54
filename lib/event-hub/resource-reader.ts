import type { EventHubManagementClientOptionalParams } from "@azure/arm-eventhub";
import type { TokenCredential } from "@azure/core-auth";
import { AppError, type ErrorCode } from "#lib/core/app-error.ts";
import { countAzureRequest } from "#lib/core/azure-requests.ts";

const publicCloud = "https://management.azure.com";
/** A namespace holds at most 1,000 hubs, a hub at most 1,000 groups. */
const mostNames = 1_000;

export interface ResourceAddress {
  subscriptionId: string;
  resourceGroup: string;
  /** The namespace's first label: `contoso` of `contoso.servicebus.windows.net`. */
  namespaceName: string;
  resourceManagerUrl?: string | null | undefined;
  credential: TokenCredential;
  /** For tests: redirects requests, since tokens need an https address. */
  additionalPolicies?: EventHubManagementClientOptionalParams["additionalPolicies"];
}

/**
 * Reads a namespace from Azure Resource Manager: all its event hubs, as spelled by their creators, and all
 * consumer groups of a hub, unused ones included. Needs its role Reader (lib/event-hub/README.md#rights).
 * Both throw AppError.
 */
export interface ResourceReader {
  eventHubs(options?: { abortSignal?: AbortSignal }): Promise<string[]>;
  consumerGroups(eventHubName: string, options?: { abortSignal?: AbortSignal }): Promise<string[]>;
}

export function createResourceReader(address: ResourceAddress): ResourceReader {
  const { resourceGroup, namespaceName } = address;
  let client: Promise<Client> | undefined;
  const read = async (what: string, pages: (client: Client) => AsyncIterable<{ name?: string }>) => {
    try {
      client ??= createClient(address);
      const names: string[] = [];
      for await (const { name } of pages(await client)) {
        if (typeof name === "string" && name !== "" && name.length <= 256) names.push(name);
        if (names.length >= mostNames) break;
      }
      return names;
    } catch (cause) {
      throw toResourceError(cause, `Listing ${what} with Azure Resource Manager`, address);
    }
  };
  return {
    eventHubs: (options = {}) =>
      read(`the event hubs of ${namespaceName}`, ({ eventHubs }) =>
        eventHubs.listByNamespace(resourceGroup, namespaceName, options),
      ),
    consumerGroups: (eventHubName, options = {}) =>
      read(`the consumer groups of ${eventHubName}`, ({ consumerGroups }) =>
        consumerGroups.listByEventHub(resourceGroup, namespaceName, eventHubName, options),
      ),
  };
}

type Client = Awaited<ReturnType<typeof createClient>>;

async function createClient(address: ResourceAddress) {
  const { subscriptionId, resourceManagerUrl, credential, additionalPolicies } = address;
  const { EventHubManagementClient } = await import("@azure/arm-eventhub");
  const endpoint = (resourceManagerUrl ?? publicCloud).replace(/\/+$/, "");
  return new EventHubManagementClient(credential, subscriptionId, {
    endpoint,
    credentials: { scopes: [`${endpoint}/.default`] },
    retryOptions: { maxRetries: 1 },
    additionalPolicies: [counting, ...(additionalPolicies ?? [])],
  });
}

const counting: NonNullable<ResourceAddress["additionalPolicies"]>[number] = {
  position: "perCall",
  policy: {
    name: "tidemarkRequestCount",
    sendRequest(request, next) {
      const isGroups = /\/consumergroups$/i.test(new URL(request.url).pathname);
      countAzureRequest("resourcemanager", isGroups ? "listConsumerGroups" : "listEventHubs");
      return next(request);
    },
  },
};

function toResourceError(cause: unknown, what: string, address: ResourceAddress): AppError {
  if (cause instanceof AppError) return cause;
  const status = numberOf(cause, "statusCode");
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : nameOf(cause);
  const [errorCode, why]: [ErrorCode, string] = explain(status, code, address);
  const answer = status === null ? code : `${status} ${code}`;
  const retryable =
    errorCode === "azureThrottled" || errorCode === "azureUnreachable" || errorCode === "azureTimeout";
  return new AppError(errorCode, `${what} failed (${answer.slice(0, 100)}): ${why}`, { retryable, cause });
}

function explain(status: number | null, code: string, address: ResourceAddress): [ErrorCode, string] {
  const place = `resource group ${address.resourceGroup} of subscription ${address.subscriptionId}`;
  if (status === 401 || status === 403) {
    return [
      "azureUnauthorized",
      `give this dashboard's identity the role Reader on the namespace ${address.namespaceName}.`,
    ];
  }
  if (status === 404) {
    return [
      "eventHubNotFound",
      `there is no such thing in ${place}: check subscriptionId and resourceGroup.`,
    ];
  }
  if (status === 429) return ["azureThrottled", "it is busy, and is asked again later."];
  if (status !== null) return ["azureFailed", "it is asked again later."];
  if (code === "AbortError" || code === "TimeoutError")
    return ["azureTimeout", "there was no answer in time."];
  if (/Credential|Authentication/.test(code)) {
    return [
      "azureUnauthorized",
      "no Azure identity was found: sign in (az login), or assign a managed identity.",
    ];
  }
  return ["azureUnreachable", "it can't be reached: check the network and firewall rules."];
}

function numberOf(cause: unknown, key: string): number | null {
  const value: unknown = cause instanceof Error ? Reflect.get(cause, key) : null;
  return typeof value === "number" ? value : null;
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : typeof cause;
}
