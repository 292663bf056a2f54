import { AnonymousCredential, ContainerClient, newPipeline } from "@azure/storage-blob";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { countedPipeline } from "#lib/checkpoint-store/count-requests.ts";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { ListingScanner } from "#lib/checkpoint-store/listing/listing-scanner.ts";
import {
  type ListingPages,
  listedElement,
  listingPage,
  serveListings,
} from "#tests/support/simulated/listing-pages.ts";

let pages: ListingPages;
afterEach(() => pages?.stop());

const ours = () =>
  new ContainerClient(
    pages.url,
    countedPipeline(new AnonymousCredential(), { retryOptions: { maxTries: 1 } }),
  );
const theirs = () => new ContainerClient(pages.url, newPipeline(new AnonymousCredential()));

function scan(text: string, cut = text.length, known?: ReadonlyMap<string, ListedBlob>): ListedBlob[] {
  const scanner = new ListingScanner(known);
  for (let at = 0; at < text.length; at += cut) scanner.feed(text.slice(at, at + cut));
  return scanner.end().blobs;
}

const escaped = (text: string) =>
  text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "");
const visible = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
  // XML can't carry these.
  .filter((text) => !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text));
const value = fc.oneof(
  visible.map(escaped),
  visible.map((text) => `<![CDATA[${text.replaceAll("]]>", "")}]]>`),
  fc.constantFrom("", "  ", " a ", "a\r\nb\rc", "&#65;&#x41;", "&quot;&apos;", "a<!-- b -->c", "é漢😀"),
);
const key = fc.constantFrom(
  "ownerid",
  "OwnerId",
  "Name",
  "Etag",
  "Metadata",
  "Blob",
  "x-ms-invalid-name",
  "_",
  "a1",
);
const blob = fc
  .record({
    name: visible,
    isEncoded: fc.boolean(),
    metadata: fc.array(fc.tuple(key, value), { maxLength: 4 }),
    isEncrypted: fc.boolean(),
    etag: fc.constantFrom("0x8DE", '"0x8DE"'),
    lease: fc.constantFrom("available", "leased", "breaking", "broken", "expired"),
    size: fc.nat(3_000),
    unknown: fc.constantFrom(
      "",
      "<Odd><Etag>no</Etag><Deep><Name>x</Name></Deep></Odd>",
      "\n  ",
      "<!-- </Blob> -->",
    ),
  })
  .map((one) =>
    listedElement("x", {
      name: one.isEncoded
        ? `<Name Encoded="true">${encodeURIComponent(one.name)}</Name>`
        : `<Name>${escaped(one.name)}</Name>`,
      etag: `${one.unknown}<Etag>${one.etag}</Etag>`,
      size: `<Content-Length>${one.size}</Content-Length>`,
      lease: `<LeaseState>${one.lease}</LeaseState>`,
      metadata: `${one.unknown}<Metadata${one.isEncrypted ? ' Encrypted="true"' : ""}>${one.metadata
        .map(([name, text]) => `<${name}>${text}</${name}>`)
        .join("")}</Metadata>`,
    }),
  );

it("reads what the SDK reads, in any notation and chunking", async () => {
  let body = Buffer.from("");
  let cut = 1;
  pages = await serveListings(() => {
    const parts: Uint8Array[] = [];
    for (let at = 0; at < body.length; at += cut) parts.push(body.subarray(at, at + cut));
    return parts;
  });
  const [scanned, plain] = [ours(), theirs()];
  await fc.assert(
    fc.asyncProperty(
      fc.array(blob, { maxLength: 6 }),
      fc.integer({ min: 40, max: 700 }),
      async (blobs, size) => {
        body = Buffer.from(`\ufeff${listingPage(blobs)}`);
        cut = size;
        const read = await listBlobs(scanned, "");
        const asTheSdk = (await listBlobs(plain, "")).blobs.map((one) => {
          // The SDK lists the metadata's XML attributes among them.
          const metadata = new Map([...one.metadata].filter(([name]) => name !== "$"));
          return { ...one, metadata };
        });
        expect(read.blobs).toEqual(asTheSdk);
        expect(scan(body.toString("utf8"), size)).toEqual(asTheSdk);
      },
    ),
    { numRuns: 60 },
  );
});

it("keeps an empty value, as in a released ownership, in every notation", () => {
  const metadata = "<Metadata><a>1</a><ownerid/></Metadata>";
  const closed = "<Metadata><a>1</a><ownerid></ownerid></Metadata>";
  const page = listingPage([
    ...["a", "bb", "ccc"].map((name) => listedElement(name, { metadata })),
    ...["dddd", "eeeee"].map((name) => listedElement(name, { metadata: closed })),
  ]);
  expect(scan(page).map((blob) => Object.fromEntries(blob.metadata))).toEqual(
    Array.from({ length: 5 }, () => ({ a: "1", ownerid: "" })),
  );
});

it("reads a page that is cut anywhere", () => {
  const text = listingPage([
    listedElement("a", { metadata: "<Metadata><k><![CDATA[</Blob>]]></k></Metadata>" }),
    ...["bb", "ccc", "dddd"].map((name) => listedElement(name)),
  ]);
  const whole = scan(text);
  expect(whole.map(({ name }) => name)).toEqual(["a", "bb", "ccc", "dddd"]);
  for (let cut = 1; cut < 200; cut += 1) expect(scan(text, cut)).toEqual(whole);
});

describe("a blob from an earlier listing", () => {
  const element = (parts: Record<string, string> = {}) => listingPage([listedElement("a", parts)]);
  const [before] = scan(element());
  const known = new Map(before === undefined ? [] : [[before.name, before]]);

  it("is the same object when nothing changed", () => {
    expect(scan(element(), 50, known)[0]).toBe(before);
  });

  it.each([
    ["etag", { etag: "<Etag>0x9</Etag>", metadata: "<Metadata><offset>200</offset></Metadata>" }],
    ["lease, which leaves the etag as it is", { lease: "<LeaseState>leased</LeaseState>" }],
    ["size", { size: "<Content-Length>1</Content-Length>" }],
  ])("is read again with another %s", (_, parts) => {
    expect(scan(element(parts), 50, known)).toEqual(scan(element(parts)));
    expect(scan(element(parts), 50, known)[0]).not.toBe(before);
  });
});

describe("a truncated page", () => {
  const whole = listingPage([listedElement("a")]);
  const faults = {
    "cut off before its end": whole.replace("</EnumerationResults>", ""),
    "cut off within a blob": whole.slice(0, 300),
    "with a blob without name": listingPage([listedElement("a", { name: "" })]),
    "with a blob without etag": listingPage([listedElement("a"), listedElement("b", { etag: "" })]),
    "with a blob without Last-Modified": listingPage([listedElement("a", { lastModified: "" })]),
    "without its list": whole.replace(/<Blobs>.*<\/Blobs>/, ""),
    "that is no listing": "<html><body></body></html>",
  };

  it.each(Object.entries(faults))("%s is requested again from its marker", async (_, fault) => {
    pages = await serveListings((marker, attempt) => {
      if (marker === null) return [listingPage([], "m&amp;1")];
      return [attempt === 2 ? fault : whole];
    });
    const { blobs } = await listBlobs(ours(), "");
    expect(blobs.map(({ name }) => name)).toEqual(["a"]);
    expect(pages.asked).toEqual([null, "m&1", "m&1"]);
  });

  it("fails the reading in the end", async () => {
    pages = await serveListings(() => [faults["cut off before its end"]]);
    await expect(listBlobs(ours(), "")).rejects.toMatchObject({ code: "PARSE_ERROR" });
    expect(pages.asked).toHaveLength(3);
  });

  it("refuses a document type, which could define entities without end", () => {
    expect(() => scan(`<!DOCTYPE a [<!ENTITY x "y">]>${whole}`)).toThrow("document type");
  });
});

it("leaves out the folders of hierarchical accounts", async () => {
  const folder = listedElement("f", { metadata: "<Metadata><hdi_isfolder>true</hdi_isfolder></Metadata>" });
  pages = await serveListings(() => [listingPage([folder, listedElement("f/a")])]);
  expect((await listBlobs(ours(), "")).blobs.map(({ name }) => name)).toEqual(["f/a"]);
});
