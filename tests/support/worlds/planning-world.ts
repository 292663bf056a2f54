import { EventHubConsumerClient, latestEventPosition } from "@azure/event-hubs";
import { BlobCheckpointStore as OfficialStore } from "@azure/eventhubs-checkpointstore-blob";
import type { ContainerClient } from "@azure/storage-blob";
import { expect, onTestFinished, vi } from "vitest";
import { writeCheckpoint } from "#lib/checkpoint-store/write-checkpoint.ts";
import { ownIdentifier } from "#lib/core/own-writes.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import { Monitor } from "#lib/monitor/monitor.ts";
import type { LocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import { monitoredHub } from "#lib/server/hubs/monitored-hub.ts";
import { createResetPlaces, type ResetPlaces } from "#lib/server/resets/reset-places.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { quickRetries } from "#tests/support/local-event-hubs.ts";

/**
 * Returns the places of a dashboard that watches these hubs, after reading them. The caller stops the
 * monitor.
 */
export async function watchedPlaces(
  hubs: readonly object[],
): Promise<{ places: ResetPlaces; monitor: Monitor }> {
  const { eventHubs } = testConfig({ refreshSeconds: 1, dataDir: "", hubs });
  const watched = eventHubs.map((hub) => monitoredHub(hub, eventHubs));
  const monitor = new Monitor(watched, 60_000, () => {});
  monitor.start();
  const read = () => monitor.snapshots().filter(({ eventHub }) => eventHub.observedAt !== null).length;
  await vi.waitFor(() => expect(read()).toBe(hubs.length), { timeout: 20_000 });
  return { places: createResetPlaces(monitor, () => eventHubs), monitor };
}

/** Makes a plan's writes like a reset: each only over the blob that the plan saw. */
export async function carryOut({ writes }: PlanRecord, container: ContainerClient): Promise<void> {
  for (const { partitionId, blobName, sequenceNumber, offset, etag } of writes) {
    const clientIdentifier = ownIdentifier("r1", partitionId);
    const checkpoint = { blobName, sequenceNumber, offset, clientIdentifier };
    const condition = etag === null ? { ifNoneMatch: "*" as const } : { ifMatch: etag };
    expect(await writeCheckpoint(container, checkpoint, condition)).toMatchObject({ result: "written" });
  }
}

export interface OfficialProcessor {
  first: Map<string, number>;
  last: Map<string, number>;
  errors: string[];
  stop(): Promise<void>;
}

/**
 * Starts a typical processor with the official client and store. Without a checkpoint reading starts at the
 * end of the stream, so that a missing one shows.
 */
export function officialProcessor(
  endpoint: LocalEventHubs,
  container: ContainerClient,
  {
    eventHub,
    group,
    startsAtEarliest = false,
  }: { eventHub: string; group: string; startsAtEarliest?: boolean },
): OfficialProcessor {
  const client = new EventHubConsumerClient(
    group,
    endpoint.connectionString,
    eventHub,
    new OfficialStore(container),
    {
      ...quickRetries,
      loadBalancingOptions: { strategy: "greedy", updateIntervalInMs: 100 },
    },
  );
  const processor: OfficialProcessor = { first: new Map(), last: new Map(), errors: [], stop: () => stop() };
  const subscription = client.subscribe(
    {
      processEvents: async (events, context) => {
        const [first, last] = [events[0], events.at(-1)];
        if (first === undefined || last === undefined) return;
        if (!processor.first.has(context.partitionId))
          processor.first.set(context.partitionId, first.sequenceNumber);
        await context.updateCheckpoint(last);
        processor.last.set(context.partitionId, last.sequenceNumber);
      },
      processError: async ({ message }) => void processor.errors.push(message),
    },
    {
      startPosition: startsAtEarliest ? { offset: "-1" } : latestEventPosition,
      maxWaitTimeInSeconds: 0.2,
      maxBatchSize: 25,
    },
  );
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= subscription.close().then(() => client.close());
    return stopping;
  };
  onTestFinished(stop);
  return processor;
}
