import { AzureNamedKeyCredential, AzureSASCredential, type TokenCredential } from "@azure/core-auth";
import { EventHubConsumerClient, type EventHubConsumerClientOptions } from "@azure/event-hubs";
import { Receiver } from "rhea-promise";
import { AppError } from "#lib/core/app-error.ts";
import { noteWebSockets } from "./client-socket.ts";
import { type EventHubsAddress, readEventHubsConnectionString } from "./connection-string.ts";
import { createWebSockets, type HubTransport } from "./web-socket.ts";

// Makes a link without a remote source have no address, where rhea-promise throws. @azure/core-amqp reads it in
// each request's timer, even after the connection began anew, and an error in a timer ends the process.
Object.defineProperty(Object.getPrototypeOf(Receiver.prototype), "address", {
  configurable: true,
  get(this: Receiver) {
    return this.source?.address;
  },
});

export interface HubConnection {
  eventHubName: string;
  fullyQualifiedNamespace?: string | undefined;
  connectionString?: string | undefined;
  credential?: TokenCredential | undefined;
  transport?: HubTransport | undefined;
}

/**
 * A client for properties, which needs the right to listen, or for reading in the given group. Connects at
 * its first request. `limitMs` covers one request and its retry. `maxRetries` 0: a caller retries itself, since
 * the client does it without a word of why.
 */
export function createHubClient(
  connection: HubConnection,
  limitMs: number,
  group = EventHubConsumerClient.defaultConsumerGroupName,
  maxRetries = 1,
): EventHubConsumerClient {
  const retryOptions = { maxRetries, retryDelayInMs: 250, timeoutInMs: limitMs / 2 };
  if (connection.transport !== "webSockets") return openClient(connection, group, { retryOptions });
  const { options, open } = createWebSockets();
  const client = openClient(connection, group, { retryOptions, ...options });
  noteWebSockets(client, open);
  return client;
}

function openClient(
  { eventHubName, fullyQualifiedNamespace, connectionString, credential }: HubConnection,
  group: string,
  options: EventHubConsumerClientOptions,
): EventHubConsumerClient {
  if (connectionString !== undefined) {
    const address = usableAddress(connectionString, eventHubName);
    const emulator = emulatorString(address);
    if (emulator !== null) return new EventHubConsumerClient(group, emulator, eventHubName, options);
    const { port, credential: secret } = address;
    const host =
      port === null ? address.fullyQualifiedNamespace : `${address.fullyQualifiedNamespace}:${port}`;
    return new EventHubConsumerClient(
      group,
      host,
      eventHubName,
      secret.kind === "key"
        ? new AzureNamedKeyCredential(secret.name, secret.key)
        : new AzureSASCredential(secret.signature),
      options,
    );
  }
  if (fullyQualifiedNamespace !== undefined && credential !== undefined) {
    return new EventHubConsumerClient(group, fullyQualifiedNamespace, eventHubName, credential, options);
  }
  throw unusable(eventHubName, "neither a connection string nor a namespace with a credential is given");
}

function usableAddress(connectionString: string, eventHubName: string): EventHubsAddress {
  const address = readEventHubsConnectionString(connectionString);
  if ("fault" in address) throw unusable(eventHubName, `the connection string ${address.fault}`);
  const path = address.eventHubName ?? eventHubName;
  // The service compares names without case; the client library does not.
  if (path.toLowerCase() === eventHubName.toLowerCase()) return address;
  throw unusable(eventHubName, "the EntityPath of the connection string names another hub");
}

/** Plain TCP needs a keyword in a connection string, so write one. Null: no emulator. */
function emulatorString({
  isDevelopmentEmulator,
  fullyQualifiedNamespace: host,
  port,
  credential,
}: EventHubsAddress): string | null {
  if (!isDevelopmentEmulator) return null;
  const rights =
    credential.kind === "key"
      ? `SharedAccessKeyName=${credential.name};SharedAccessKey=${credential.key}`
      : `SharedAccessSignature=${credential.signature}`;
  return `Endpoint=sb://${host}${port === null ? "" : `:${port}`}/;${rights};UseDevelopmentEmulator=true`;
}

function unusable(eventHubName: string, why: string): AppError {
  return new AppError(
    "azureFailed",
    `Event hub ${eventHubName} can't be connected to: ${why}. Correct the configuration.`,
  );
}
