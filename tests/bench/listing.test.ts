import { AnonymousCredential, ContainerClient, newPipeline } from "@azure/storage-blob";
import { expect, it, onTestFinished } from "vitest";
import { countedPipeline } from "#lib/checkpoint-store/count-requests.ts";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import { azuriteForThisFile, putManyBlobs } from "#tests/support/azurite.ts";
import { listedElement, listingPage, serveListings } from "#tests/support/simulated/listing-pages.ts";

const storage = azuriteForThisFile();
const hub = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" };
const folder = "contoso.servicebus.windows.net/orders";

it("reads past the 5,000 blobs that the service gives at once", async () => {
  const container = await storage.newContainer();
  await putManyBlobs(container, 5_100, (i) => `${folder}/g${i % 20}/checkpoint/${i}`, {
    sequencenumber: "1",
  });
  const reader = createStoreReader(container, hub);
  await reader.read();
  const reading = await reader.read();
  expect(reading.listings).toBe(2);
  expect(reading.groups.size).toBe(20);
  expect([...reading.groups.values()].reduce((sum, group) => sum + group.checkpoints.size, 0)).toBe(5_100);
});

async function cpuOf(work: () => Promise<unknown>, tries: number): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < tries; turn += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000);
  }
  return Math.min(...times);
}

const asTheServiceHasIt = {
  lastModified:
    "<Creation-Time>Sun, 29 Nov 2026 07:00:00 GMT</Creation-Time><Last-Modified>Sun, 29 Nov 2026 08:00:00 GMT</Last-Modified>",
  size:
    "<Content-Length>0</Content-Length><Content-Type>application/octet-stream</Content-Type><Content-Encoding />" +
    "<Content-Language /><Content-CRC64 /><Cache-Control /><Content-Disposition />",
  lease:
    "<BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier><AccessTierInferred>true</AccessTierInferred>" +
    "<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted>",
};

/** The least that any reading does: it finds every tag. */
function tagsIn(text: string): number {
  let tags = 0;
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", text.indexOf(">", at))) tags += 1;
  return tags;
}

it("takes in a page of 5,000 blobs at a fraction of the cost of the SDK's own reading", async () => {
  const blobs = Array.from({ length: 5_000 }, (_, i) =>
    listedElement(`${folder}/g${i % 20}/checkpoint/${i}`, {
      ...asTheServiceHasIt,
      etag: `<Etag>0x8DE2F${i.toString(16).padStart(8, "0")}</Etag>`,
      metadata: `<Metadata><sequencenumber>${i}</sequencenumber><offset>${i * 100}</offset><clientidentifier>6b1c1f0e-7f6d-4f3a-9d5e-${i}</clientidentifier></Metadata>`,
    }),
  );
  const body = Buffer.from(listingPage(blobs));
  const pages = await serveListings(() => [body]);
  onTestFinished(() => pages.stop());
  const ours = new ContainerClient(pages.url, countedPipeline(new AnonymousCredential(), {}));
  const theirs = new ContainerClient(pages.url, newPipeline(new AnonymousCredential()));
  const known = new Map((await listBlobs(ours, "")).blobs.map((blob) => [blob.name, blob]));
  const again = await cpuOf(() => listBlobs(ours, "", { known }), 10);
  const anew = await cpuOf(() => listBlobs(ours, ""), 10);
  const sdk = await cpuOf(() => listBlobs(theirs, ""), 3);
  const text = body.toString();
  const scan = await cpuOf(async () => expect(tagsIn(text)).toBeGreaterThan(5_000 * 20), 10);
  console.log(
    `${(body.length / 1e6).toFixed(1)} MB of 5,000 blobs, with sending them: ${again.toFixed(1)} ms where nothing changed, ` +
      `${anew.toFixed(1)} ms where all did, the SDK's reading ${sdk.toFixed(0)} ms, a plain scan of the text ${scan.toFixed(1)} ms`,
  );
  expect(anew / sdk).toBeLessThan(0.045);
  expect(again / sdk).toBeLessThan(0.045);
  expect(anew / scan).toBeLessThan(5);
});
