import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { AnonymousCredential, ContainerClient, newPipeline } from "@azure/storage-blob";
import { expect, it, onTestFinished } from "vitest";
import { countedPipeline } from "#lib/checkpoint-store/count-requests.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { refresher } from "#tests/support/fixtures/refresher.ts";
import { monitoredHub } from "#tests/support/fixtures/sources.ts";
import { listedElement, listingPage } from "#tests/support/simulated/listing-pages.ts";

const hub = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" };
const folder = "contoso.servicebus.windows.net/orders";
const perPage = 5_000;
const refreshes = 12;

/** The pages of all groups' checkpoints and owners; a tenth of the checkpoints is another in each `turn`. */
function pagesOf(partitions: number, groups: number, turn: number): string[] {
  const blobs: string[] = [];
  for (let group = 0; group < groups; group += 1) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const moved = (partition + turn) % 10 === 0 ? turn : 0;
      const at = 1_000 + moved;
      const etag = `<Etag>0x${(group * 10_000 + partition).toString(16)}-${moved}</Etag>`;
      blobs.push(
        listedElement(`${folder}/g${group}/checkpoint/${partition}`, {
          etag,
          metadata: `<Metadata><sequencenumber>${at}</sequencenumber><offset>${at * 100}</offset></Metadata>`,
        }),
        listedElement(`${folder}/g${group}/ownership/${partition}`, {
          etag,
          metadata: `<Metadata><ownerid>owner-${partition % 32}</ownerid></Metadata>`,
        }),
      );
    }
  }
  const count = Math.ceil(blobs.length / perPage);
  return Array.from({ length: count }, (_, page) =>
    listingPage(blobs.slice(page * perPage, (page + 1) * perPage), page + 1 < count ? String(page + 1) : ""),
  );
}

async function serve(pages: () => readonly Buffer[]): Promise<string> {
  const empty = listingPage([]);
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? "", "http://x").searchParams;
    const isFlat = asked.get("delimiter") === null && asked.get("prefix") === `${folder}/`;
    response.writeHead(200, { "content-type": "application/xml", date: new Date().toUTCString() });
    response.end(isFlat ? pages()[Number(asked.get("marker") ?? 0)] : empty);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/account/container`;
}

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
    const turns = [0, 1].map((turn) => pagesOf(partitions, groups, turn).map((page) => Buffer.from(page)));
    let turn = 0;
    const url = await serve(() => turns[turn % 2] ?? []);
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
    for (; turn < refreshes; turn += 1) times.push(await cpuOf(() => refresh(Date.now())));
    delays.disable();
    const rss = process.memoryUsage.rss();
    const sdk: number[] = [];
    for (let again = 0; again < 4; again += 1) {
      sdk.push(
        await cpuOf(async () => {
          for await (const { segment } of theirs
            .listBlobsFlat({ prefix: `${folder}/`, includeMetadata: true })
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
