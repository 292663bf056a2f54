import { monitorEventLoopDelay } from "node:perf_hooks";
import { AnonymousCredential, ContainerClient, newPipeline } from "@azure/storage-blob";
import { expect, it, onTestFinished } from "vitest";
import { countedPipeline } from "#lib/checkpoint-store/count-requests.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { monitoredHub } from "#tests/support/fixtures/sources.ts";
import { refresher } from "#tests/support/simulated/refreshed-hub.ts";
import { startSimulatedStore } from "#tests/support/simulated/simulated-store.ts";

const hub = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" };
const folder = `${hub.fullyQualifiedNamespace}/${hub.eventHubName}/`;
const perPage = 5_000;
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

async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const middle = (times: readonly number[]) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

it.each([
  [1_024, 10],
  [32, 100],
])(
  "refreshes %i partitions x %i groups for a part of what the SDK's listing costs",
  async (partitions, groups) => {
    const { fullyQualifiedNamespace: namespace, eventHubName } = hub;
    const store = await startSimulatedStore([{ namespace, eventHubName, partitions, groups }]);
    onTestFinished(() => store.stop());
    const { url } = store;
    const theirs = new ContainerClient(url, newPipeline(new AnonymousCredential()));
    const reader = createStoreReader(
      new ContainerClient(url, countedPipeline(new AnonymousCredential(), {})),
      hub,
    );
    const refresh = refresher(
      monitoredHub(async () => readingOf(partitions), { main: (options) => reader.read(options) }),
      60_000,
    );
    for (let warm = 0; warm < 3; warm += 1) await refresh(Date.now());
    const delays = monitorEventLoopDelay({ resolution: 5 });
    const times: number[] = [];
    delays.enable();
    for (let turn = 0; turn < refreshes; turn += 1) {
      store.turn();
      times.push(await cpuOf(() => refresh(Date.now())));
    }
    delays.disable();
    const rss = process.memoryUsage.rss();
    const sdk: number[] = [];
    for (let again = 0; again < 4; again += 1) {
      sdk.push(
        await cpuOf(async () => {
          for await (const { segment } of theirs
            .listBlobsFlat({ prefix: folder, includeMetadata: true })
            .byPage({ maxPageSize: perPage }))
            expect(segment.blobItems.length).toBeGreaterThan(0);
        }),
      );
    }
    const ratio = middle(times) / middle(sdk);
    console.log(
      `${partitions} x ${groups}: a refresh ${middle(times).toFixed(0)} ms of CPU, the SDK's listing alone ${middle(sdk).toFixed(0)} ms: ` +
        `${ratio.toFixed(2)} x; others waited p99 ${(delays.percentile(99) / 1e6).toFixed(0)} ms, at most ${(delays.max / 1e6).toFixed(0)} ms; ` +
        `the whole process with the tests' tools ${(rss / 1e6).toFixed(0)} MB`,
    );
    expect(ratio).toBeLessThan(1);
  },
);
