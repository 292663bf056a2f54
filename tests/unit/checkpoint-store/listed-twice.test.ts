import { AnonymousCredential, ContainerClient } from "@azure/storage-blob";
import { afterEach, expect, it } from "vitest";
import { countedPipeline } from "#lib/checkpoint-store/count-requests.ts";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import {
  type ListingPages,
  listedElement,
  listingPage,
  serveListings,
} from "#tests/support/simulated/listing-pages.ts";

const hub = { fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" };
const name = (partition: number) =>
  `${hub.fullyQualifiedNamespace}/orders/billing/checkpoint/${String(partition)}`;

let pages: ListingPages;
afterEach(() => pages.stop());

function checkpoint(partition: number, sequenceNumber: number): string {
  const metadata = `<Metadata><offset>${sequenceNumber}0</offset><sequencenumber>${sequenceNumber}</sequencenumber></Metadata>`;
  return listedElement(name(partition), { etag: `<Etag>0x${sequenceNumber}</Etag>`, metadata });
}

/** While the listing ran, partition 0 was written, and it stands on the second page too. */
async function listingOfMovingBlobs(): Promise<ContainerClient> {
  const first = listingPage([checkpoint(0, 5), checkpoint(1, 6)], "2");
  const second = listingPage([checkpoint(0, 9), checkpoint(2, 7), listedElement("a/stray")]);
  pages = await serveListings((marker) => [marker === null ? first : second]);
  return new ContainerClient(pages.url, countedPipeline(new AnonymousCredential(), {}));
}

it("is one blob, as it was listed last", async () => {
  const { blobs } = await listBlobs(await listingOfMovingBlobs(), "");
  expect(blobs.map((blob) => [blob.name, blob.etag])).toEqual([
    [name(0), "0x9"],
    [name(1), "0x6"],
    [name(2), "0x7"],
    ["a/stray", expect.any(String)],
  ]);
});

it("supersedes nothing, and is no stray blob", async () => {
  const reader = createStoreReader(await listingOfMovingBlobs(), { ...hub, surveys: false });
  for (const read of ["first", "again"]) {
    const { groups, strayBlobs } = await reader.read();
    const group = groups.get("billing");
    expect(group?.superseded, read).toEqual([]);
    expect([...(group?.checkpoints.values() ?? [])].map((one) => one.sequenceNumber)).toEqual([9, 6, 7]);
    expect(strayBlobs).toBe(1);
  }
});
