import { ContainerClient, ContainerSASPermissions, newPipeline } from "@azure/storage-blob";
import { expect, it } from "vitest";
import { countedPipeline } from "#lib/checkpoint-store/count-requests.ts";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import { azuriteForThisFile, putBlob } from "#tests/support/azurite.ts";

const storage = azuriteForThisFile();

const names = [
  "plain",
  "with blanks  twice",
  " begins and ends ",
  "a&b<c>d\"e'f",
  "&amp;",
  "100%25",
  "plus+and#and?and=",
  "ümläut/漢字/😀/e\u0301",
  "dots./..x/.hidden",
  "back\\slash",
  "]]>",
  "{json: [1]}",
  "x".repeat(1_000),
];
const metadata: Record<string, string>[] = [
  {},
  { ownerid: "" },
  { OwnerId: "Mixed", sequencenumber: "12", Offset: "0012" },
  { a: "with  blanks", b: "a, b", c: "a;b=c" },
  { a: "&amp;<b>\"'", b: "]]>", c: "<![CDATA[x]]>", d: "&#65;", e: "%41" },
  // Azurite takes a key that is only an underscore for a text.
  { _a1: "2", __: "1", Name: "3", Etag: "4", Metadata: "5", Blob: "6", Blobs: "7", NextMarker: "8" },
  { length: "1", name: "2", then_: "3", default: "4", null: "5", Infinity: "6", class: "7" },
  { latin: "caf\u00e9" },
  { long: "x".repeat(4_000), number: "1e5", hexadecimal: "0x1F", truth: "true", nothing: "null" },
];

/** Keys that JavaScript's objects have by themselves. Azurite loses `__proto__`. */
const inherited = ["constructor", "prototype", "toString", "hasOwnProperty", "__proto__"];

/** A SAS signs no headers, so a value may hold what a signature of them can't. */
async function signed(container: ContainerClient): Promise<ContainerClient> {
  const permissions = ContainerSASPermissions.parse("cw");
  return new ContainerClient(
    await container.generateSasUrl({ permissions, expiresOn: new Date(Date.now() + 600_000) }),
  );
}

const ours = ({ url, credential }: ContainerClient) =>
  new ContainerClient(url, countedPipeline(credential, {}));
const theirs = ({ url, credential }: ContainerClient) => new ContainerClient(url, newPipeline(credential));

it("reads what the SDK reads of a real container, whatever its blobs are named and hold", async () => {
  const container = await storage.newContainer();
  const writer = await signed(container);
  const all = names.flatMap((name, index) => [
    { name, keys: metadata[index % metadata.length], body: "" },
    { name: `second/${index}`, keys: metadata[(index + 3) % metadata.length], body: "{}" },
  ]);
  for (const { name, keys = {}, body } of all)
    await writer.getBlockBlobClient(name).upload(body, body.length, { metadata: keys });
  await container.getBlobClient("second/1").getBlobLeaseClient().acquireLease(-1);
  await container.getBlobClient("second/2").getBlobLeaseClient().acquireLease(60);
  for (const pageSize of [5_000, 7]) {
    const read = await listBlobs(ours(container), "", { pageSize });
    const asTheSdk = await listBlobs(theirs(container), "", { pageSize });
    expect(read.blobs).toEqual(asTheSdk.blobs);
    expect(read.listings).toBe(Math.ceil(all.length / pageSize));
    expect(asTheSdk.listings).toBe(read.listings);
    expect(read.blobs).toHaveLength(all.length);
    const leased = read.blobs.filter((blob) => blob.leased);
    expect(leased.map(({ name }) => name)).toEqual(["second/1", "second/2"]);
    expect(read.blobs.find(({ name }) => name === "second/4")?.metadata.get("latin")).toMatch(/^caf[^ -~]+$/);
  }
});

it.each(inherited)("goes on reading where a blob has the key %s", async (key) => {
  const container = await storage.newContainer();
  await putBlob(container, "a", { [key]: "x", ownerid: "one" });
  await putBlob(container, "b", { ownerid: "two" });
  const { blobs } = await listBlobs(ours(container), "");
  expect(blobs.map(({ name, metadata: keys }) => [name, keys.get("ownerid")])).toEqual([
    ["a", "one"],
    ["b", "two"],
  ]);
  const keys = key === "__proto__" ? ["ownerid"] : [key.toLowerCase(), "ownerid"];
  expect([...(blobs[0]?.metadata.keys() ?? [])]).toEqual(keys);
});
