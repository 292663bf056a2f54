import { BlobCheckpointStore as OfficialStore } from "@azure/eventhubs-checkpointstore-blob";
import { ContainerClient } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
import { UnreadableCheckpointError } from "#lib/checkpoint-store/unreadable-checkpoint.ts";
import { azuriteForThisFile, putBlob, storedBlobs } from "#tests/support/azurite.ts";
import { startFaultyProxy } from "#tests/support/proxies/faulty-proxy.ts";

const storage = azuriteForThisFile();
const group = {
  fullyQualifiedNamespace: "Contoso.ServiceBus.windows.net",
  eventHubName: "Orders",
  consumerGroup: "$Default",
};
const names = [group.fullyQualifiedNamespace, group.eventHubName, group.consumerGroup] as const;
const folder = "contoso.servicebus.windows.net/orders/$default";

let container: ContainerClient;
let store: BlobCheckpointStore;
beforeEach(async () => {
  container = await storage.newContainer();
  store = new BlobCheckpointStore(container);
});

describe("claimOwnership", () => {
  it.each([
    ["BlobImmutableDueToPolicy", 409],
    ["BlobImmutableDueToLegalHold", 409],
    ["LeaseIdMissing", 412],
  ])("throws %s, and loses no partition by it, while other partitions are claimed", async (code, status) => {
    const proxy = await startFaultyProxy(Number(new URL(container.url).port));
    try {
      proxy.fate = ({ method, url = "" }) =>
        method === "PUT" && url.includes("ownership/0") ? { status, code } : "pass";
      const claims = ["0", "1"].map((partitionId) => ({ ...group, partitionId, ownerId: "a" }));
      const url = container.url.replace(/:\d+\//, `:${proxy.port}/`);
      const behind = new BlobCheckpointStore(new ContainerClient(url, container.credential));
      await expect(behind.claimOwnership(claims)).rejects.toMatchObject({
        code: "azureFailed",
        retryable: false,
        message: expect.stringContaining(`${status} (${code})`),
      });
    } finally {
      await proxy.stop();
    }
    expect((await store.listOwnership(...names)).map((one) => one.partitionId)).toEqual(["1"]);
  });

  it("lets one of two concurrent claims of a new partition win, and says nothing of the other", async () => {
    const claims = ["a", "b", "c", "d"].map((ownerId) =>
      new BlobCheckpointStore(container).claimOwnership([{ ...group, partitionId: "0", ownerId }]),
    );
    const won = (await Promise.all(claims)).flat();
    expect(won).toHaveLength(1);
    expect(await storedBlobs(container)).toEqual({ [`${folder}/ownership/0`]: { ownerid: won[0]?.ownerId } });
  });

  it("renews with the etag of a claim and of a listing, and loses with an old one", async () => {
    const [claimed] = await store.claimOwnership([{ ...group, partitionId: "0", ownerId: "a" }]);
    const [renewed] = await store.claimOwnership([{ ...group, ...claimed, partitionId: "0", ownerId: "a" }]);
    expect(renewed?.etag).toBeTruthy();
    expect(renewed?.etag).not.toBe(claimed?.etag);
    const [listed] = await store.listOwnership(...names);
    expect(listed).toEqual({
      ...group,
      partitionId: "0",
      ownerId: "a",
      etag: expect.stringMatching(/^[^"]+$/),
      lastModifiedTimeInMs: renewed?.lastModifiedTimeInMs,
    });
    const stolen = await store.claimOwnership([{ ...group, ...listed, partitionId: "0", ownerId: "b" }]);
    expect(stolen).toHaveLength(1);
    expect(await store.claimOwnership([{ ...group, ...listed, partitionId: "0", ownerId: "c" }])).toEqual([]);
    expect((await store.listOwnership(...names)).map((one) => one.ownerId)).toEqual(["b"]);
  });

  it("does not claim a blob that is gone, or that appeared without its knowledge", async () => {
    const [claimed] = await store.claimOwnership([{ ...group, partitionId: "0", ownerId: "a" }]);
    expect(await store.claimOwnership([{ ...group, partitionId: "0", ownerId: "b" }])).toEqual([]);
    await container.deleteBlob(`${folder}/ownership/0`);
    expect(await store.claimOwnership([{ ...group, ...claimed, partitionId: "0", ownerId: "a" }])).toEqual(
      [],
    );
  });

  it("claims many at once and returns the won ones in order", async () => {
    await store.claimOwnership([{ ...group, partitionId: "7", ownerId: "other" }]);
    const wanted = Array.from({ length: 40 }, (_, i) => ({ ...group, partitionId: String(i), ownerId: "a" }));
    const won = await store.claimOwnership(wanted);
    expect(won.map((one) => one.partitionId)).toEqual(
      wanted.map((one) => one.partitionId).filter((id) => id !== "7"),
    );
    const released = await store.claimOwnership(won.map((one) => ({ ...one, ownerId: "" })));
    expect(released).toHaveLength(39);
    const owners = new Set((await store.listOwnership(...names)).map((one) => one.ownerId));
    expect(owners).toEqual(new Set(["", "other"]));
  });

  it("does not change its arguments", async () => {
    const request = Object.freeze({ ...group, partitionId: "0", ownerId: "a" });
    await expect(store.claimOwnership([request])).resolves.toHaveLength(1);
  });

  it("fails when the container is missing, with the cause and what to do", async () => {
    await container.delete();
    const claim = store.claimOwnership([{ ...group, partitionId: "0", ownerId: "a" }]);
    await expect(claim).rejects.toMatchObject({
      code: "containerNotFound",
      message: expect.stringContaining("Create the container"),
      cause: { statusCode: 404 },
    });
    const renewal = store.claimOwnership([{ ...group, partitionId: "0", ownerId: "a", etag: '"0x1"' }]);
    await expect(renewal).rejects.toMatchObject({ code: "containerNotFound" });
  });
});

describe("listOwnership", () => {
  it("tells a blob without ownerid as released, and the next claim repairs it", async () => {
    await putBlob(container, `${folder}/ownership/0`, { other: "x" });
    await putBlob(container, `${folder}/ownership/1`, { ownerid: "b" });
    const listed = await store.listOwnership(...names);
    expect(listed.map((one) => [one.partitionId, one.ownerId])).toEqual([
      ["0", ""],
      ["1", "b"],
    ]);
    const repaired = await store.claimOwnership(listed.slice(0, 1).map((one) => ({ ...one, ownerId: "a" })));
    expect(repaired).toHaveLength(1);
    expect((await storedBlobs(container))[`${folder}/ownership/0`]).toEqual({ ownerid: "a" });
  });

  it("returns only its own group's partitions, with metadata keys in any casing", async () => {
    await putBlob(container, `${folder}/ownership/0`, { OwnerId: "a" });
    await putBlob(container, `${folder}/ownership/deeper/0`, { ownerid: "x" });
    await putBlob(container, `${folder}-2/ownership/1`, { ownerid: "x" });
    const listed = await store.listOwnership(...names);
    expect(listed.map((one) => [one.partitionId, one.ownerId])).toEqual([["0", "a"]]);
  });
});

describe("checkpoints", () => {
  it("are written and read with the caller's casing given back", async () => {
    await store.updateCheckpoint({ ...group, partitionId: "3", sequenceNumber: 42, offset: "4711" });
    await store.updateCheckpoint({ ...group, partitionId: "3", sequenceNumber: 43, offset: "4800" });
    expect(await storedBlobs(container)).toEqual({
      [`${folder}/checkpoint/3`]: { offset: "4800", sequencenumber: "43" },
    });
    expect(await store.listCheckpoints(...names)).toEqual([
      { ...group, partitionId: "3", sequenceNumber: 43, offset: "4800" },
    ]);
  });

  it("are refused when no processor could start from them", async () => {
    const position = { ...group, partitionId: "0", sequenceNumber: 1, offset: "1" };
    for (const fault of [
      { offset: "" },
      { offset: " " },
      { offset: "no offset" },
      { offset: "@latest" },
      { offset: undefined as unknown as string },
      { sequenceNumber: undefined as unknown as number },
      { sequenceNumber: 1.5 },
      { sequenceNumber: Number.NaN },
      { sequenceNumber: -2 },
      { partitionId: "" },
    ]) {
      await expect(store.updateCheckpoint({ ...position, ...fault })).rejects.toThrow(TypeError);
    }
    expect(await storedBlobs(container)).toEqual({});
  });

  it("that are broken fail only their own partition, with an error", async () => {
    await putBlob(container, `${folder}/checkpoint/0`, { offset: "10", sequencenumber: "1" });
    await putBlob(container, `${folder}/checkpoint/1`, { offset: "", sequencenumber: "2" });
    await putBlob(container, `${folder}/checkpoint/2`, { offset: "30", sequencenumber: "" });
    await putBlob(container, `${folder}/checkpoint/3`);
    const [whole, sequenceOnly, offsetOnly, empty] = await store.listCheckpoints(...names);
    expect(whole).toEqual({ ...group, partitionId: "0", offset: "10", sequenceNumber: 1 });
    expect(sequenceOnly?.sequenceNumber).toBe(2);
    expect(() => sequenceOnly?.offset).toThrow(/checkpoint\/1".*offset.*Reset this partition/);
    expect(() => ({ ...sequenceOnly })).toThrow(/checkpoint\/1/);
    expect(offsetOnly?.offset).toBe("30");
    expect(() => offsetOnly?.sequenceNumber).toThrow(/checkpoint\/2".*sequence number/);
    expect(() => empty?.offset).toThrow(UnreadableCheckpointError);
  });
});

describe("an abort signal", () => {
  const calls: [string, (abortSignal: AbortSignal) => Promise<unknown>][] = [
    ["listOwnership", (abortSignal) => store.listOwnership(...names, { abortSignal })],
    ["listCheckpoints", (abortSignal) => store.listCheckpoints(...names, { abortSignal })],
    [
      "claimOwnership",
      (abortSignal) => store.claimOwnership([{ ...group, partitionId: "0", ownerId: "a" }], { abortSignal }),
    ],
    [
      "updateCheckpoint",
      (abortSignal) =>
        store.updateCheckpoint(
          { ...group, partitionId: "0", sequenceNumber: 1, offset: "1" },
          { abortSignal },
        ),
    ],
  ];

  it.each(calls)("stops %s before it begins", async (_name, call) => {
    await expect(call(AbortSignal.abort("not an error"))).rejects.toMatchObject({ name: "AbortError" });
    expect(await storedBlobs(container)).toEqual({});
  });

  it.each(calls)("stops %s while it is under way", async (_name, call) => {
    const controller = new AbortController();
    const pending = call(controller.signal);
    queueMicrotask(() => controller.abort());
    await expect(pending).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("beside the official store", () => {
  let official: OfficialStore;
  beforeEach(() => {
    official = new OfficialStore(container);
  });

  it("writes the same blobs", async () => {
    const other = await storage.newContainer();
    for (const one of [store, new OfficialStore(other)]) {
      const [claimed] = await one.claimOwnership([{ ...group, partitionId: "0", ownerId: "owner" }]);
      await one.claimOwnership([{ ...group, partitionId: "1", ownerId: "owner" }]);
      await one.claimOwnership([{ ...group, ...claimed, partitionId: "0", ownerId: "" }]);
      await one.updateCheckpoint({ ...group, partitionId: "0", sequenceNumber: 5, offset: "500" });
      await one.updateCheckpoint({ ...group, partitionId: "0", sequenceNumber: 6, offset: "600" });
    }
    const ours = await storedBlobs(container);
    expect(Object.keys(ours)).toHaveLength(3);
    expect(await storedBlobs(other)).toEqual(ours);
  });

  it("reads what the other wrote, and gives the same answers", async () => {
    const [ours] = await store.claimOwnership([{ ...group, partitionId: "0", ownerId: "a" }]);
    await official.claimOwnership([{ ...group, partitionId: "1", ownerId: "b" }]);
    await store.claimOwnership([{ ...group, ...ours, partitionId: "0", ownerId: "" }]);
    await store.updateCheckpoint({ ...group, partitionId: "0", sequenceNumber: 1, offset: "10" });
    await official.updateCheckpoint({ ...group, partitionId: "1", sequenceNumber: 2, offset: "20" });
    const owners = await store.listOwnership(...names);
    const checkpoints = await store.listCheckpoints(...names);
    expect(owners.map((one) => one.ownerId)).toEqual(["", "b"]);
    expect(checkpoints.map((one) => one.offset)).toEqual(["10", "20"]);
    // The emulator quotes etags in listings and the service does not. The official store passes them on.
    const bare = (etag: string | undefined) => etag?.replaceAll('"', "");
    const theirs = await official.listOwnership(...names);
    expect(theirs.map((one) => ({ ...one, etag: bare(one.etag) }))).toEqual(owners);
    expect(await official.listCheckpoints(...names)).toEqual(checkpoints);
  });

  it("steals from the other by its etag, and one of two such claims wins", async () => {
    await official.claimOwnership([{ ...group, partitionId: "0", ownerId: "b" }]);
    const [listed] = await store.listOwnership(...names);
    const [ours, theirs] = await Promise.all([
      store.claimOwnership([{ ...group, ...listed, partitionId: "0", ownerId: "a" }]),
      official.claimOwnership([{ ...group, ...listed, partitionId: "0", ownerId: "c" }]),
    ]);
    expect(ours.length + theirs.length).toBe(1);
    const [owner] = await store.listOwnership(...names);
    expect(owner?.ownerId).toBe([...ours, ...theirs][0]?.ownerId);
  });

  it("accepts a checkpoint that stops the other", async () => {
    await putBlob(container, `${folder}/checkpoint/0`, { offset: "10", sequencenumber: "1" });
    await putBlob(container, `${folder}/checkpoint/1`, { sequencenumber: "2" });
    await expect(official.listCheckpoints(...names)).rejects.toThrow("offset");
    await expect(store.listCheckpoints(...names)).resolves.toHaveLength(2);
  });
});

it("is built from a connection string", async () => {
  const built = BlobCheckpointStore.fromConnectionString(storage.connectionString, container.containerName);
  await built.updateCheckpoint({ ...group, partitionId: "0", sequenceNumber: 1, offset: "1" });
  expect(await store.listCheckpoints(...names)).toHaveLength(1);
});
