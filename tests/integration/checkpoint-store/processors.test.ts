import { type CheckpointStore, EventHubConsumerClient, earliestEventPosition } from "@azure/event-hubs";
import { BlobCheckpointStore as OfficialStore } from "@azure/eventhubs-checkpointstore-blob";
import { expect, it, onTestFinished, vi } from "vitest";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
import type { LocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import { azuriteForThisFile, putBlob, storedBlobs } from "#tests/support/azurite.ts";
import { quickRetries, startEndpoint } from "#tests/support/local-event-hubs.ts";

const storage = azuriteForThisFile();
const folder = "localhost/orders/billing";

/**
 * Starts a processor that checkpoints every batch. `seen` holds "partition/sequence number".
 * The service cuts off a reader that has not noticed the loss of its partition. That is no fault, but a
 * storage error is.
 * @param readers who claimed each partition, the last one last, over all processors together
 */
function startProcessor(
  endpoint: LocalEventHubs,
  store: CheckpointStore,
  readers = new Map<string, CheckpointStore[]>(),
) {
  const client = new EventHubConsumerClient("billing", endpoint.connectionString, "Orders", store, {
    ...quickRetries,
    loadBalancingOptions: {
      strategy: "greedy",
      updateIntervalInMs: 100,
      partitionOwnershipExpirationIntervalInMs: 60_000,
    },
  });
  const seen = new Set<string>();
  const claimed: string[] = [];
  const errors: { partitionId: string; message: string }[] = [];
  const subscription = client.subscribe(
    {
      processInitialize: async ({ partitionId }) => {
        claimed.push(partitionId);
        readers.set(partitionId, [...(readers.get(partitionId) ?? []), store]);
      },
      processEvents: async (events, context) => {
        for (const event of events) seen.add(`${context.partitionId}/${event.sequenceNumber}`);
        const last = events.at(-1);
        if (last) await context.updateCheckpoint(last);
      },
      processError: async (error, { partitionId }) => {
        const claims = readers.get(partitionId) ?? [];
        const isTaken = (claims.at(-1) ?? store) !== store;
        // Being cut off may be told only after the partition was claimed back.
        const wasTaken =
          claims.some((other) => other !== store) && /is getting disconnected/.test(error.message);
        if (!(isTaken || wasTaken) || "statusCode" in error)
          errors.push({ partitionId, message: error.message });
      },
    },
    { startPosition: earliestEventPosition, maxWaitTimeInSeconds: 0.2, maxBatchSize: 10 },
  );
  let closing: Promise<void> | undefined;
  const stop = () => {
    closing ??= subscription.close().then(() => client.close());
    return closing;
  };
  onTestFinished(stop);
  return { seen, claimed, errors, stop };
}

it("hands over between the official store and this one, to and fro, and loses no event", async () => {
  const partitionCount = 4;
  const endpoint = await startEndpoint([{ name: "orders", partitionCount, consumerGroups: ["billing"] }]);
  const container = await storage.newContainer();
  const wanted = new Set<string>();
  const produce = () => {
    for (let partition = 0; partition < partitionCount; partition++) {
      endpoint.append("orders", String(partition), [{ body: "an order" }, { body: "another" }]);
      const { lastEnqueuedSequenceNumber } = endpoint.partition("orders", String(partition));
      wanted
        .add(`${partition}/${lastEnqueuedSequenceNumber - 1}`)
        .add(`${partition}/${lastEnqueuedSequenceNumber}`);
    }
  };
  const producing = setInterval(produce, 20);
  onTestFinished(() => clearInterval(producing));

  const readers = new Map<string, CheckpointStore[]>();
  const official = startProcessor(endpoint, new OfficialStore(container), readers);
  await vi.waitFor(() => expect(official.claimed).toHaveLength(4), 10_000);
  const ours = startProcessor(endpoint, new BlobCheckpointStore(container), readers);
  await vi.waitFor(() => expect(ours.claimed.length).toBeGreaterThanOrEqual(2), 10_000);
  await official.stop();
  await vi.waitFor(() => expect(new Set(ours.claimed).size).toBe(4), 10_000);
  const officialAgain = startProcessor(endpoint, new OfficialStore(container), readers);
  await vi.waitFor(() => expect(officialAgain.claimed.length).toBeGreaterThanOrEqual(2), 10_000);
  await ours.stop();
  await vi.waitFor(() => expect(new Set(officialAgain.claimed).size).toBe(4), 10_000);
  clearInterval(producing);
  produce();
  const seen = () => official.seen.union(ours.seen).union(officialAgain.seen);
  await vi.waitFor(() => expect(wanted.difference(seen())).toEqual(new Set()), 10_000);
  await officialAgain.stop();

  expect(ours.seen.size).toBeGreaterThan(0);
  expect([...official.errors, ...ours.errors, ...officialAgain.errors]).toEqual([]);
  const blobs = await storedBlobs(container);
  for (let partition = 0; partition < partitionCount; partition++) {
    const { lastEnqueuedSequenceNumber } = endpoint.partition("orders", String(partition));
    expect(blobs[`${folder}/checkpoint/${partition}`]?.sequencenumber).toBe(
      String(lastEnqueuedSequenceNumber),
    );
    expect(blobs[`${folder}/ownership/${partition}`]).toEqual({ ownerid: "" });
  }
});

it("keeps a partition with a broken checkpoint from starting anywhere, says so, and runs the others", async () => {
  const endpoint = await startEndpoint([{ name: "orders", partitionCount: 3, consumerGroups: ["billing"] }]);
  const container = await storage.newContainer();
  for (const partitionId of ["0", "1", "2"])
    endpoint.append("orders", partitionId, [{ body: 1 }, { body: 2 }]);
  await putBlob(container, `${folder}/checkpoint/1`, { sequencenumber: "0", offset: "" });
  await putBlob(container, `${folder}/ownership/2`, { lost: "its ownerid" });

  const processor = startProcessor(endpoint, new BlobCheckpointStore(container));
  await vi.waitFor(() => expect([...processor.seen].sort()).toEqual(["0/0", "0/1", "2/0", "2/1"]), 10_000);
  await vi.waitFor(() => expect(processor.errors.length).toBeGreaterThan(0), 10_000);
  expect(processor.errors[0]?.message).toMatch(
    /"localhost\/orders\/billing\/checkpoint\/1" has no usable offset/,
  );
  await processor.stop();
  expect([...processor.seen].some((event) => event.startsWith("1/"))).toBe(false);
  expect((await storedBlobs(container))[`${folder}/checkpoint/1`]).toEqual({
    sequencenumber: "0",
    offset: "",
  });
});
