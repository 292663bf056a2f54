import { EventHubConsumerClient } from "@azure/event-hubs";
import { BlobCheckpointStore } from "@azure/eventhubs-checkpointstore-blob";
import { BlobServiceClient } from "@azure/storage-blob";
import { expect, it, onTestFinished } from "vitest";
import { openContainer } from "#lib/checkpoint-store/container.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import { createHubReader } from "#lib/event-hub/hub-reader.ts";
import { startLocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import { monitoredHub } from "#tests/support/fixtures/sources.ts";
import { startDelayingProxy } from "#tests/support/proxies/delaying-proxy.ts";
import { quantile } from "#tests/support/simulated/process-usage.ts";
import { RefreshedHub } from "#tests/support/simulated/refreshed-hub.ts";
import { startSimulatedStore } from "#tests/support/simulated/simulated-store.ts";
import { localNamespace } from "#tests/support/worlds/local-world.ts";

const partitionCount = 32;
const groups = Array.from({ length: 20 }, (_, index) => `g${index}`);
const requestMs = 20;
const hub = { fullyQualifiedNamespace: localNamespace, eventHubName: "orders" };

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

it("refreshes 32 partitions x 20 groups many times as fast as a loop over the SDKs' calls", async () => {
  const world = await startLocalEventHubs({ eventHubs: [{ name: hub.eventHubName, partitionCount }] });
  onTestFinished(() => world.stop());
  for (let partition = 0; partition < partitionCount; partition += 1)
    world.append(
      hub.eventHubName,
      String(partition),
      Array.from({ length: 20 }, (_, body) => ({ body })),
    );
  // Azurite takes longer for a listing than the service does for its request.
  const account = await startSimulatedStore([
    {
      namespace: localNamespace,
      eventHubName: hub.eventHubName,
      partitions: partitionCount,
      groups: groups.length,
    },
  ]);
  onTestFinished(() => account.stop());
  const far = async (port: number, connectionString: string) => {
    const proxy = await startDelayingProxy(port, requestMs);
    onTestFinished(() => proxy.stop());
    return connectionString.replaceAll(`:${port}`, `:${proxy.port}`);
  };
  const eventHubs = await far(world.port, world.connectionString);
  const storage = await far(Number(new URL(account.url).port), account.connectionStringOf("account"));
  const container = "container";

  const consumer = new EventHubConsumerClient("$Default", eventHubs, hub.eventHubName);
  onTestFinished(() => consumer.close());
  const theirs = BlobServiceClient.fromConnectionString(storage).getContainerClient(container);
  const official = new BlobCheckpointStore(theirs);
  const loop = async () => {
    const ends = new Map<string, number>();
    for (const partitionId of await consumer.getPartitionIds())
      ends.set(partitionId, (await consumer.getPartitionProperties(partitionId)).lastEnqueuedSequenceNumber);
    let lag = 0;
    for (const group of groups) {
      for (const { partitionId, sequenceNumber } of await official.listCheckpoints(
        localNamespace,
        hub.eventHubName,
        group,
      ))
        lag += (ends.get(partitionId) ?? 0) - sequenceNumber;
      const owned = await official.listOwnership(localNamespace, hub.eventHubName, group);
      expect(owned).toHaveLength(partitionCount);
    }
    return lag;
  };

  const reader = createHubReader({ connectionString: eventHubs, eventHubName: hub.eventHubName });
  onTestFinished(() => reader.close());
  const store = createStoreReader(openContainer({ connectionString: storage, container }), hub);
  const monitored = monitoredHub(reader.read, { main: (options) => store.read(options) }, hub);
  const refreshed = new RefreshedHub({ ...monitored, hub: reader }, { limitMs: 60_000 });

  const wanted = await loop();
  account.turn();
  // A tenth of the checkpoints are elsewhere at each refresh.
  const others = await loop();
  expect(others).not.toBe(wanted);
  const totalLag = async () => (await refreshed.refresh(Date.now())).eventHub.totalLag;
  // The first ones connect, learn the spellings of the names, and have the code compiled.
  for (let warm = 0; warm < 30; warm += 1) {
    account.turn();
    expect(await totalLag()).toBe(warm % 2 === 0 ? wanted : others);
  }
  const ratios: number[] = [];
  const times: { loop: number; refresh: number }[] = [];
  for (let round = 0; round < 5; round += 1) {
    const one = { loop: await timed(loop), refresh: Number.POSITIVE_INFINITY };
    const each: number[] = [];
    for (let again = 0; again < 5; again += 1) {
      account.turn();
      each.push(await timed(totalLag));
    }
    one.refresh = quantile(each, 0.5);
    times.push(one);
    ratios.push(one.loop / one.refresh);
  }
  const middle = (of: (time: { loop: number; refresh: number }) => number) =>
    quantile(times.map(of), 0.5).toFixed(0);
  console.log(
    `a refresh ${middle(({ refresh }) => refresh)} ms, a loop ${middle(({ loop: ms }) => ms)} ms: ` +
      `${ratios.map((ratio) => ratio.toFixed(1)).join(", ")} x as fast`,
  );
  expect(quantile(ratios, 0.5)).toBeGreaterThan(25);
});
