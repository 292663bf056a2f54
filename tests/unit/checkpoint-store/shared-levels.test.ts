import type { ContainerClient } from "@azure/storage-blob";
import { afterEach, expect, it, vi } from "vitest";
import { SharedLevels } from "#lib/checkpoint-store/listing/levels.ts";
import { findSpellings } from "#lib/checkpoint-store/listing/spellings.ts";

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
