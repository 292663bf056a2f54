import { BlobCheckpointStore } from "@azure/eventhubs-checkpointstore-blob";
import { expect, it } from "vitest";
import { commonFormat } from "#lib/checkpoint-store/formats/common.ts";
import { brokenBlobs } from "#tests/support/fixtures/blobs/broken-blobs.ts";

const scope = {
  fullyQualifiedNamespaces: ["ns"],
  eventHubName: "hub",
  otherEventHubNames: [],
  consumerGroup: null,
};
const { torn } = brokenBlobs("ns", "hub");
const cases = [
  ...torn.map(({ kind, blob }) => [kind, blob.metadata] as const),
  ["a blank offset", { sequencenumber: "41", offset: "" }] as const,
  ["a whole one", { sequencenumber: "41", offset: "64" }] as const,
];

async function stopsSdk(
  metadata: Record<string, string>,
  name = "ns/hub/torn/checkpoint/0",
): Promise<boolean> {
  const container = {
    listBlobsFlat: async function* () {
      yield { name, metadata };
    },
  };
  const store = new BlobCheckpointStore(container as never);
  return store.listCheckpoints("ns", "hub", "torn").then(
    () => false,
    () => true,
  );
}

it.each(cases)("%s stops the group exactly when the SDK's own store fails on it", async (_, given) => {
  // The service ignores the case of metadata keys.
  const metadata = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key.toLowerCase(), value]),
  );
  const name = "ns/hub/torn/checkpoint/0";
  const address = commonFormat.address(name, scope);
  if (address === null) throw new Error("The name is the layout's own.");
  const blob = { name, etag: "1", updatedAt: 0, metadata: new Map(Object.entries(metadata)) };
  const [content] = commonFormat.read(blob as never, address, null);
  if (content?.kind !== "checkpoint") throw new Error("It is a checkpoint.");
  expect(content.checkpoint.stopsGroup).toBe(await stopsSdk(metadata));
});

it.each(["31", "$$$.$$$", "a/b", ""])(
  "a misnamed blob stops the group exactly when the SDK's own store fails on it: checkpoint/%s",
  async (rest) => {
    const name = `ns/hub/torn/checkpoint/${rest}`;
    const address = commonFormat.address(name, scope);
    if (address === null) throw new Error("It is in the group's folder.");
    for (const metadata of [{ offset: "64" }, { sequencenumber: "41", offset: "64" }]) {
      const blob = { name, etag: "1", updatedAt: 0, metadata: new Map(Object.entries(metadata)) };
      const found = commonFormat.read(blob as never, address, null);
      const isTold = found.some(
        (one) => one.kind === "misnamed" || (one.kind === "checkpoint" && one.checkpoint.stopsGroup === true),
      );
      expect(isTold).toBe(await stopsSdk(metadata, name));
    }
  },
);
