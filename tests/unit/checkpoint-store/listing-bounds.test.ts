import { expect, it } from "vitest";
import { ListingScanner } from "#lib/checkpoint-store/listing/listing-scanner.ts";
import { listedElement, listingPage } from "#tests/support/simulated/listing-pages.ts";

const [head = "", tail = ""] = listingPage(["|"]).split("|");
const kilobyte = 1_024;

function feed(scanner: ListingScanner, text: string, cut: number): void {
  for (let at = 0; at < text.length; at += cut) scanner.feed(text.slice(at, at + cut));
}

it("takes a page of 127 MB and refuses one that goes on past 128 MB", () => {
  const filler = `<!--${"x".repeat(200_000 - 7)}-->`;
  const scanner = new ListingScanner();
  scanner.feed(head);
  const fill = (megabytes: number) => {
    for (let parts = 0; parts < megabytes * 5; parts += 1) scanner.feed(filler);
  };
  fill(127);
  scanner.feed(listedElement("a"));
  expect(() => fill(1)).toThrow("it is too long");
  const whole = new ListingScanner();
  feed(whole, `${head}${filler}${listedElement("a")}${tail}`, 64 * kilobyte);
  expect(whole.end().blobs.map(({ name }) => name)).toEqual(["a"]);
});

it.each([
  ["a name", (text: string) => listedElement(text)],
  ["a value", (text: string) => listedElement("a", { metadata: `<Metadata><k>${text}</k></Metadata>` })],
  ["an attribute", (text: string) => listedElement("a", { name: `<Name Odd="${text}">a</Name>` })],
  [
    "CDATA",
    (text: string) => listedElement("a", { metadata: `<Metadata><k><![CDATA[${text}]]></k></Metadata>` }),
  ],
  ["a comment", (text: string) => `<!--${text}-->${listedElement("a")}`],
  ["a tag", (text: string) => `<${text}/>${listedElement("a")}`],
])("keeps no more than 256 kB of %s that does not end", (_, element) => {
  const read = (kilobytes: number) => {
    const scanner = new ListingScanner();
    feed(scanner, head + element("x".repeat(kilobytes * kilobyte)) + tail, 4 * kilobyte);
    return scanner.end().blobs.length;
  };
  expect(read(240)).toBe(1);
  expect(() => read(264)).toThrow("a part of it is too long");
});

it("reads a blob that is longer than that in all", () => {
  const metadata = Array.from({ length: 60 }, (_, key) => `<k${key}>${"x".repeat(8 * kilobyte)}</k${key}>`);
  const element = (name: string) =>
    listedElement(name, { metadata: `<Metadata>${metadata.join("")}</Metadata>` });
  const scanner = new ListingScanner();
  feed(scanner, `${head}${element("a")}${element("b")}${tail}`, 64 * kilobyte);
  expect(scanner.end().blobs.map((blob) => [blob.name, blob.metadata.size])).toEqual([
    ["a", 60],
    ["b", 60],
  ]);
});
