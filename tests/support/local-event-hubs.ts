import {
  EventHubConsumerClient,
  EventHubProducerClient,
  type EventPosition,
  type MessagingError,
  type ReceivedEventData,
  type SubscribeOptions,
} from "@azure/event-hubs";
import { expect, onTestFinished, vi } from "vitest";
import { type LocalEventHubs, startLocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";

type Options = Parameters<typeof startLocalEventHubs>[0];

export async function startEndpoint(eventHubs: Options["eventHubs"]): Promise<LocalEventHubs> {
  const endpoint = await startLocalEventHubs({ eventHubs });
  onTestFinished(() => endpoint.stop());
  return endpoint;
}

/** The default would wait half a minute between tries. */
export const quickRetries = { retryOptions: { maxRetries: 2, retryDelayInMs: 20, timeoutInMs: 5000 } };

export function producerFor(endpoint: LocalEventHubs, eventHubName: string): EventHubProducerClient {
  const client = new EventHubProducerClient(endpoint.connectionString, eventHubName, quickRetries);
  onTestFinished(() => client.close());
  return client;
}

export function consumerFor(
  endpoint: LocalEventHubs,
  eventHubName: string,
  group = "$Default",
): EventHubConsumerClient {
  const client = new EventHubConsumerClient(group, endpoint.connectionString, eventHubName, quickRetries);
  onTestFinished(() => client.close());
  return client;
}

export interface TestReader {
  events: ReceivedEventData[];
  errors: MessagingError[];
  close(): Promise<void>;
}

export function readPartition(
  client: EventHubConsumerClient,
  partitionId: string,
  startPosition: EventPosition,
  options: SubscribeOptions = {},
): TestReader {
  const reader: TestReader = { events: [], errors: [], close: () => subscription.close() };
  const subscription = client.subscribe(
    partitionId,
    {
      async processEvents(events) {
        reader.events.push(...events);
      },
      async processError(error) {
        reader.errors.push(error as MessagingError);
      },
    },
    { startPosition, maxBatchSize: 100, maxWaitTimeInSeconds: 1, ...options },
  );
  return reader;
}

export async function readBodies(
  client: EventHubConsumerClient,
  partitionId: string,
  startPosition: EventPosition,
  count: number,
): Promise<unknown[]> {
  const reader = readPartition(client, partitionId, startPosition);
  await gotEvents(reader, count);
  await reader.close();
  return reader.events.map(({ body }) => body);
}

export async function gotEvents(reader: TestReader, count: number): Promise<ReceivedEventData[]> {
  await vi.waitFor(
    () => {
      expect(reader.errors).toEqual([]);
      expect(reader.events.length).toBeGreaterThanOrEqual(count);
    },
    { timeout: 10_000, interval: 5 },
  );
  return reader.events;
}

export async function gotError(reader: TestReader): Promise<MessagingError> {
  return await vi.waitUntil(() => reader.errors[0], { timeout: 10_000, interval: 5 });
}

export async function attached(
  endpoint: LocalEventHubs,
  [eventHubName, group, partitionId]: [string, string, string],
  count: number,
): Promise<void> {
  await vi.waitFor(() => expect(endpoint.readers(eventHubName, group, partitionId)).toBe(count), {
    timeout: 10_000,
    interval: 5,
  });
}
