import { AnonymousCredential, ContainerClient, newPipeline } from "@azure/storage-blob";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { countedPipeline } from "#lib/checkpoint-store/count-requests.ts";
import { LevelReader, SharedLevels } from "#lib/checkpoint-store/listing/levels.ts";
import { findSpellings } from "#lib/checkpoint-store/listing/spellings.ts";
import { listedElement, listingPage, serveListings } from "#tests/support/simulated/listing-pages.ts";

afterEach(() => vi.restoreAllMocks());

function container(over: { fails?: boolean } = {}) {
  const asked: string[] = [];
  const below: Record<string, string[]> = {
    "": ["ns/"],
    "ns/": ["ns/hub/"],
    "ns/hub/": ["ns/hub/one/", "ns/hub/two/"],
  };
  const state = { fails: over.fails ?? false };
  const listBlobsByHierarchy = (_: string, { prefix }: { prefix: string }) => ({
    byPage: async function* () {
      asked.push(prefix);
      if (state.fails) throw new Error("no answer");
      yield { segment: { blobPrefixes: (below[prefix] ?? []).map((name) => ({ name })), blobItems: [] } };
    },
  });
  const client = { url: "https://contoso.blob.core.windows.net/c", listBlobsByHierarchy };
  return { client: client as unknown as ContainerClient, asked, state };
}

it("lists what several groups' spellings are found in once, and again after some seconds", async () => {
  const { client, asked } = container();
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const shared = new SharedLevels();
  const find = (group: string) => findSpellings(shared.of(client), "", [`ns/hub/${group}/`]);
  expect(await Promise.all([find("one"), find("two")])).toEqual([["ns/hub/one/"], ["ns/hub/two/"]]);
  now = 4_999;
  expect(await find("none")).toEqual([]);
  expect(asked).toEqual(["", "ns/", "ns/hub/"]);
  now = 5_000;
  await find("one");
  expect(asked).toHaveLength(6);
});

it("does not keep a listing that failed", async () => {
  const { client, asked, state } = container({ fails: true });
  const shared = new SharedLevels();
  await expect(shared.of(client).read("")).rejects.toThrow("no answer");
  state.fails = false;
  expect((await shared.of(client).read("")).folders).toEqual(["ns/"]);
  expect(asked).toEqual(["", ""]);
});

it("reads a level as the SDK does, in any notation, each name once over its pages", async () => {
  const folder = (name: string, more = "") => `<BlobPrefix>${name}${more}</BlobPrefix>`;
  const first = [
    folder("<Name>a/</Name>"),
    listedElement("a.txt", { metadata: "" }),
    folder("<Name>b &amp; c/</Name>", "<Properties><Etag>0x1</Etag><Name>no</Name></Properties>"),
    folder('<Name Encoded="true">d%2Fe%01/</Name>'),
    listedElement("e", { name: '<Name Encoded="true">e%01</Name>' }),
    listedElement("f", { metadata: "<BlobPrefix><Name>no/</Name></BlobPrefix>" }),
    folder("<Name> blanks /</Name>"),
  ];
  const second = [
    folder("<Name> blanks /</Name>"),
    listedElement("f"),
    folder("<Name>g/</Name>"),
    listedElement("h"),
  ];
  const pages = await serveListings((marker) => [
    marker === null ? listingPage(first, "2") : listingPage(second),
  ]);
  onTestFinished(() => pages.stop());
  const ours = new ContainerClient(pages.url, countedPipeline(new AnonymousCredential(), {}));
  const theirs = new ContainerClient(pages.url, newPipeline(new AnonymousCredential()));
  const level = await new LevelReader(ours).read("");
  expect(level).toEqual({
    folders: ["a/", "b & c/", "d/e\u0001/", " blanks /", "g/"],
    blobs: ["a.txt", "e\u0001", "f", "h"],
    isComplete: true,
  });
  expect(await new LevelReader(theirs).read("")).toEqual(level);
});

it("fails on a level that is cut off, which would hide hubs and spellings", async () => {
  const whole = listingPage(["<BlobPrefix><Name>a/</Name></BlobPrefix>"]);
  const pages = await serveListings(() => [whole.replace("</EnumerationResults>", "")]);
  onTestFinished(() => pages.stop());
  const pipeline = countedPipeline(new AnonymousCredential(), { retryOptions: { maxTries: 1 } });
  await expect(new LevelReader(new ContainerClient(pages.url, pipeline)).read("")).rejects.toMatchObject({
    code: "PARSE_ERROR",
  });
});
