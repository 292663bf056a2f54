import { AnonymousCredential, ContainerClient } from "@azure/storage-blob";
import { expect, it, onTestFinished } from "vitest";
import { countedPipeline } from "#lib/checkpoint-store/count-requests.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { monitoredHub } from "#tests/support/fixtures/sources.ts";
import { cpuOf, middle, sdkListing } from "#tests/support/measured/sdk-listing.ts";
import { startAsking } from "#tests/support/measured/waits.ts";
import { refresher } from "#tests/support/simulated/refreshed-hub.ts";
import { startSimulatedStore } from "#tests/support/simulated/simulated-store.ts";

const hub = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" };
const folder = `${hub.fullyQualifiedNamespace}/${hub.eventHubName}/`;
const refreshes = 12;

function readingOf(partitions: number): HubReading {
  const readAt = Date.now();
  return {
    readAt,
    createdOn: readAt - 86_400_000,
    isGeoDrEnabled: false,
    partitions: Array.from({ length: partitions }, (_, index) => ({
      partitionId: String(index),
      error: null,
      properties: {
        partitionId: String(index),
        beginningSequenceNumber: 0,
        lastEnqueuedSequenceNumber: 2_000,
        lastEnqueuedOffset: "200000",
        lastEnqueuedAt: readAt,
        isEmpty: false,
      },
    })),
  };
}

async function watched(partitions: number, groups: number) {
  const { fullyQualifiedNamespace: namespace, eventHubName } = hub;
  const store = await startSimulatedStore([{ namespace, eventHubName, partitions, groups }]);
  onTestFinished(() => store.stop());
  const container = new ContainerClient(store.url, countedPipeline(new AnonymousCredential(), {}));
  const reader = createStoreReader(container, hub);
  const refresh = refresher(
    monitoredHub(async () => readingOf(partitions), { main: (options) => reader.read(options) }),
    60_000,
  );
  return { store, refresh };
}

it.each([
  [1_024, 10],
  [32, 100],
])(
  "refreshes %i partitions x %i groups for a part of what the SDK's listing costs",
  async (partitions, groups) => {
    const { store, refresh } = await watched(partitions, groups);
    for (let warm = 0; warm < 3; warm += 1) await refresh(Date.now());
    // The store answers from the loop that refreshes.
    const takeWaits = await startAsking(new URL(store.url).origin);
    const times: number[] = [];
    for (let turn = 0; turn < refreshes; turn += 1) {
      store.turn();
      times.push(await cpuOf(() => refresh(Date.now())));
    }
    const waits = await takeWaits();
    const rss = process.memoryUsage.rss();
    const sdk = await sdkListing(store.url, folder);
    const ratio = middle(times) / sdk.cpuMs;
    console.log(
      `${partitions} x ${groups}: a refresh ${middle(times).toFixed(0)} ms of CPU, the SDK's listing alone ${sdk.cpuMs.toFixed(0)} ms: ` +
        `${ratio.toFixed(2)} x; ${waits.told}; ` +
        `the whole process with the tests' tools ${(rss / 1e6).toFixed(0)} MB`,
    );
    expect(ratio).toBeLessThan(0.3);
    expect(waits.late).toBeLessThan(60 * sdk.slowness + waits.idle.late);
    expect(waits.longest).toBeLessThan(150 * sdk.slowness + waits.idle.longest);
  },
);

it.each([
  ["partitions", [128, 512, 2_048].map((partitions): [number, number] => [partitions, 10])],
  ["groups", [10, 40, 160].map((groups): [number, number] => [64, groups])],
] as const)("costs no more for each group's partition the more %s there are", async (_, sizes) => {
  const each: number[] = [];
  for (const [partitions, groups] of sizes) {
    const { store, refresh } = await watched(partitions, groups);
    for (let warm = 0; warm < 10; warm += 1) await refresh(Date.now());
    const times: number[] = [];
    for (let turn = 0; turn < refreshes; turn += 1) {
      store.turn();
      times.push(await cpuOf(() => refresh(Date.now())));
    }
    each.push((middle(times) * 1_000) / (partitions * groups));
    console.log(
      `${partitions} x ${groups}: a refresh ${middle(times).toFixed(1)} ms of CPU, ${each.at(-1)?.toFixed(1)} µs for each of ${partitions * groups}`,
    );
  }
  // Nothing here sorts or searches: each run measured after 45 refreshes tells 15 to 20 µs at every size. Profiles of
  // 128 and of 2,048 differ in look-ups of names and objects that no longer fit the caches (`#again`, `listBlobs`,
  // `observe-group.ts`: 7 and 16 % of the time); the garbage collector has 18 and 15 %.
  expect((each.at(-1) ?? Number.NaN) / (each[0] ?? Number.NaN)).toBeLessThan(1.5);
});
