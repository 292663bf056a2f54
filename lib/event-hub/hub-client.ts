import type { TokenCredential } from "@azure/core-auth";
import { EventHubConsumerClient } from "@azure/event-hubs";
import { AppError } from "#lib/core/app-error.ts";

/** Where a hub is and how to get in: a connection string, or a namespace with a credential. */
export interface HubConnection {
  eventHubName: string;
  fullyQualifiedNamespace?: string | undefined;
  connectionString?: string | undefined;
  credential?: TokenCredential | undefined;
}

/**
 * A client for properties, which takes the right to listen and no consumer group of its own, or for reading in
 * the group that is given. It connects at its first request. `limitMs` holds one request with its one retry.
 */
export function createHubClient(
  connection: HubConnection,
  limitMs: number,
  group = EventHubConsumerClient.defaultConsumerGroupName,
): EventHubConsumerClient {
  const { eventHubName, fullyQualifiedNamespace, connectionString, credential } = connection;
  const options = { retryOptions: { maxRetries: 1, retryDelayInMs: 250, timeoutInMs: limitMs / 2 } };
  try {
    if (connectionString !== undefined) {
      return new EventHubConsumerClient(group, connectionString, eventHubName, options);
    }
    if (fullyQualifiedNamespace !== undefined && credential !== undefined) {
      return new EventHubConsumerClient(group, fullyQualifiedNamespace, eventHubName, credential, options);
    }
  } catch {
    // No cause: the client puts the connection string, key included, into this error's message.
    throw unusable(eventHubName, "the connection string can't be read, or its EntityPath names another hub");
  }
  throw unusable(eventHubName, "neither a connection string nor a namespace with a credential is given");
}

function unusable(eventHubName: string, why: string): AppError {
  return new AppError(
    "azureFailed",
    `Event hub ${eventHubName} can't be connected to: ${why}. Correct the configuration.`,
  );
}
