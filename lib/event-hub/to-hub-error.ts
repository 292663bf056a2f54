import { AppError, type ErrorCode } from "#lib/core/app-error.ts";

export interface HubTarget {
  fullyQualifiedNamespace: string;
  eventHubName: string;
  partitionId?: string;
  usesConnectionString?: boolean;
}

const codes: Readonly<Record<string, ErrorCode>> = {
  UnauthorizedError: "azureUnauthorized",
  PublisherRevokedError: "azureUnauthorized",
  AuthenticationError: "azureUnauthorized",
  AuthenticationRequiredError: "azureUnauthorized",
  AggregateAuthenticationError: "azureUnauthorized",
  CredentialUnavailableError: "azureUnauthorized",
  MessagingEntityNotFoundError: "eventHubNotFound",
  // The client's name for amqp:not-found.
  ServiceCommunicationError: "eventHubNotFound",
  ServerBusyError: "azureThrottled",
  QuotaExceededError: "azureThrottled",
  AbortError: "azureTimeout",
  TimeoutError: "azureTimeout",
  OperationTimeoutError: "azureTimeout",
  // The client's name for com.microsoft:timeout.
  ServiceUnavailableError: "azureTimeout",
  ConnectionForcedError: "azureUnreachable",
  DetachForcedError: "azureUnreachable",
  ECONNREFUSED: "azureUnreachable",
  ECONNRESET: "azureUnreachable",
  ECONNABORTED: "azureUnreachable",
  EPIPE: "azureUnreachable",
  ENOTFOUND: "azureUnreachable",
  EAI_AGAIN: "azureUnreachable",
  EHOSTUNREACH: "azureUnreachable",
  EHOSTDOWN: "azureUnreachable",
  ENETUNREACH: "azureUnreachable",
  ENETDOWN: "azureUnreachable",
  ETIMEDOUT: "azureUnreachable",
  ERR_PROXY_TUNNEL: "azureUnreachable",
  ERR_PROXY_INVALID_CONFIG: "azureUnreachable",
};

const certificate = /CERT|_SIGNATURE$|ISSUER/;

const retryable: ReadonlySet<ErrorCode> = new Set(["azureThrottled", "azureTimeout", "azureUnreachable"]);

/** Converts the client library's failure: what failed, on what, and what to do. Contains no secret. */
export function toHubError(error: unknown, target: HubTarget): AppError {
  if (error instanceof AppError) return error;
  const leaf = leaves(error).findLast((one) => codeOf(one) !== undefined) ?? leaves(error).at(-1);
  const code = (leaf === undefined ? undefined : codeOf(leaf)) ?? "azureFailed";
  const isTransient = leaf instanceof Error && "retryable" in leaf && leaf.retryable === true;
  return new AppError(code, messages[code]?.(nameOf(target), target, leaf) ?? failed(nameOf(target), leaf), {
    retryable: retryable.has(code) || (code === "azureFailed" && isTransient),
    cause: error,
  });
}

const noIdentity: ReadonlySet<string> = new Set([
  "CredentialUnavailableError",
  "AggregateAuthenticationError",
  "AuthenticationRequiredError",
]);

type Message = (what: string, target: HubTarget, error: unknown) => string;

const messages: Partial<Record<ErrorCode, Message>> = {
  azureUnauthorized: (what, { usesConnectionString = false }, error) =>
    usesConnectionString
      ? `Reading ${what} was refused: use the connection string of a shared access policy with the Listen right, of this event hub or its namespace, and look whether its key was renewed.`
      : error instanceof Error && noIdentity.has(error.name)
        ? `No Azure identity was found to read ${what} with: sign in (az login), assign a managed identity, or configure a connection string.`
        : `Reading ${what} was refused: give this dashboard's identity the role Azure Event Hubs Data Receiver on the event hub or its namespace (a consumer group's scope is not enough), or use a connection string with the Listen right.`,
  eventHubNotFound: (_, { eventHubName, fullyQualifiedNamespace }) =>
    `There is no event hub ${eventHubName} in ${fullyQualifiedNamespace}: check eventHubName and the namespace in the configuration.`,
  azureThrottled: (what) =>
    `Event Hubs is too busy to answer for ${what}. If it lasts, raise refreshSeconds or the namespace's throughput units.`,
  azureTimeout: (what) =>
    `Event Hubs did not answer in time for ${what}. If it lasts, check the network between here and the namespace.`,
  azureUnreachable: (what, { fullyQualifiedNamespace }, error) =>
    isRefusedCertificate(error)
      ? `Reading ${what} failed because the certificate of ${fullyQualifiedNamespace} was refused${because(error)}: name a private authority's certificate in NODE_EXTRA_CA_CERTS; where its name is another, check the namespace.`
      : `Reading ${what} failed because ${fullyQualifiedNamespace} can't be reached${because(error)}: check the name, the network, firewall rules (port 5671) and private endpoints.`,
};

export function isRefusedCertificate(error: unknown): boolean {
  return error instanceof Error && "code" in error && certificate.test(String(error.code));
}

function failed(what: string, error: unknown): string {
  return `Reading ${what} failed${because(error)}.`;
}

function because(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  const message = withoutSecrets(error.message).replace(/[.\s]+$/, "");
  return message === "" || message.includes(code) ? ` (${message || code})` : ` (${code}: ${message})`;
}

const secret = /(SharedAccess(?:Key|Signature)|sig|AccountKey)=[^;&\s]+/gi;

function withoutSecrets(text: string): string {
  return text.replace(secret, "$1=…");
}

function nameOf({ eventHubName, fullyQualifiedNamespace, partitionId }: HubTarget): string {
  const hub = `event hub ${eventHubName} in ${fullyQualifiedNamespace}`;
  return partitionId === undefined ? hub : `partition ${partitionId} of ${hub}`;
}

function leaves(error: unknown): unknown[] {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(leaves);
  return [error];
}

function codeOf(error: unknown): ErrorCode | undefined {
  if (!(error instanceof Error)) return undefined;
  const own = "code" in error && typeof error.code === "string" ? codes[error.code] : undefined;
  return own ?? (isRefusedCertificate(error) ? "azureUnreachable" : codes[error.name]);
}
