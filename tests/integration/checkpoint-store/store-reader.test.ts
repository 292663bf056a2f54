import type { ContainerClient } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import { azuriteForThisFile, putBlob } from "#tests/support/azurite.ts";

const storage = azuriteForThisFile();
const hub = { fullyQualifiedNamespace: "Contoso.servicebus.windows.net", eventHubName: "Orders" };
const folder = "contoso.servicebus.windows.net/orders";

let container: ContainerClient;
beforeEach(async () => {
  container = await storage.newContainer();
});

const checkpoints = (reading: StoreReading, group: string) =>
  [...(reading.groups.get(group)?.checkpoints.values() ?? [])].map((one) => [
    one.partitionId,
    one.sequenceNumber,
  ]);

it("reads every group of a hub with one listing, and no other hub's", async () => {
  await putBlob(container, `${folder}/$default/checkpoint/0`, { sequencenumber: "5", offset: "50" });
  await putBlob(container, `${folder}/$default/ownership/0`, { ownerid: "a" });
  await putBlob(container, `${folder}/$default/ownership/1`, { ownerid: "" });
  await putBlob(container, `${folder}/billing/checkpoint/0`, {
    sequencenumber: "6",
    offset: "60",
    clientidentifier: "host-1",
  });
  await putBlob(container, `${folder}-2/billing/checkpoint/1`, { sequencenumber: "7", offset: "70" });
  await putBlob(container, "else.servicebus.windows.net/orders/billing/checkpoint/2", {
    sequencenumber: "8",
  });
  const before = Date.now();
  const reader = createStoreReader(container, hub);
  await reader.read();
  const reading = await reader.read();

  expect(reading.listings).toBe(1);
  expect(reading.strayBlobs).toBe(0);
  expect(Math.abs(reading.readAt - before)).toBeLessThan(5_000);
  expect(reading.readAt % 1_000).toBe(0); // The time is the header's, in whole seconds, not this machine's.
  expect([...reading.groups.keys()]).toEqual(["$default", "billing"]);
  const group = reading.groups.get("$default");
  expect(group?.name).toBe("$Default");
  expect(group?.formats).toEqual(["common"]);
  expect(group?.checkpoints.get("0")).toEqual({
    partitionId: "0",
    blobName: `${folder}/$default/checkpoint/0`,
    etag: expect.stringMatching(/^[^"]+$/),
    updatedAt: expect.any(Number),
    sizeBytes: 0,
    format: "common",
    sequenceNumber: 5,
    offset: "50",
    writtenBy: null,
    unreadable: null,
    stopsGroup: false,
  });
  expect(group?.ownerships.get("0")?.ownerId).toBe("a");
  expect(group?.ownerships.get("1")?.ownerId).toBe("");
  expect(reading.groups.get("billing")?.checkpoints.get("0")?.writtenBy).toBe("host-1");
});

it("finds nothing in an empty container, and says so without an error", async () => {
  const reading = await createStoreReader(container, hub).read();
  expect(reading).toMatchObject({ groups: new Map(), strayBlobs: 0, listings: 2 });
});

describe("other spellings", () => {
  it("are read in their own folders, and the newest blob of a partition counts", async () => {
    await putBlob(container, `${folder}/billing/checkpoint/0`, { sequencenumber: "5", offset: "50" });
    await putBlob(container, `${folder}/billing/checkpoint/1`, { sequencenumber: "6", offset: "60" });
    await putBlob(container, "Contoso.servicebus.windows.net/ORDERS/Billing/ownership/0", {
      ownerid: "java",
    });
    await secondsPass();
    await putBlob(container, "contoso.servicebus.windows.net/Orders/Billing/checkpoint/0", {
      sequencenumber: "9",
      offset: "90",
    });
    const reader = createStoreReader(container, hub);
    const reading = await reader.read();
    expect([...reading.groups.keys()]).toEqual(["billing"]);
    expect(reading.groups.get("billing")?.name).toBe("Billing");
    expect(checkpoints(reading, "billing").sort()).toEqual([
      ["0", 9],
      ["1", 6],
    ]);
    expect(reading.groups.get("billing")?.superseded.map((one) => one.blobName)).toEqual([
      `${folder}/billing/checkpoint/0`,
    ]);
    expect(reading.groups.get("billing")?.ownerships.get("0")?.ownerId).toBe("java");
    expect((await reader.read()).listings).toBe(3);
  });

  it("are looked for rarely, and found when it is time", async () => {
    let now = Date.now();
    const reader = createStoreReader(container, { ...hub, clock: () => now });
    await reader.read();
    await putBlob(container, "contoso.servicebus.windows.net/Orders/late/checkpoint/0", {
      sequencenumber: "1",
    });
    await putBlob(container, `${folder}/new/checkpoint/0`, { sequencenumber: "1" });
    const soon = await reader.read();
    expect([...soon.groups.keys()]).toEqual(["new"]);
    expect(soon.listings).toBe(1);
    now += 300_000;
    expect([...(await reader.read()).groups.keys()].sort()).toEqual(["late", "new"]);
    expect((await reader.read()).listings).toBe(2);
  });

  it("include the aliases of a namespace", async () => {
    await putBlob(container, "contoso-dr.servicebus.windows.net/orders/billing/checkpoint/0", {
      sequencenumber: "3",
    });
    const namespaceAliases = ["Contoso-DR.servicebus.windows.net"];
    const reading = await createStoreReader(container, { ...hub, namespaceAliases }).read();
    expect(checkpoints(reading, "billing")).toEqual([["0", 3]]);
  });
});

it("tells broken blobs apart, and none hides another", async () => {
  const put = (name: string, metadata: Record<string, string> = {}) =>
    putBlob(container, `${folder}/${name}`, metadata);
  await put("g/checkpoint/0", { sequencenumber: "1", offset: "10" });
  await put("g/checkpoint/1");
  await put("g/checkpoint/2", { sequencenumber: "twelve", offset: "10" });
  await put("g/checkpoint/3", { sequencenumber: "9007199254740993", offset: "10" });
  await put("g/checkpoint/4", { sequencenumber: "-7", offset: "10" });
  await put("g/checkpoint/5", {
    SequenceNumber: "5",
    Offset: "no offset",
    ClientIdentifier: "x".repeat(1_000),
  });
  await put("g/checkpoint/6", { sequencenumber: "-1", offset: "-1" });
  await put("g/checkpoint/7", { sequencenumber: "7", offset: "" });
  await put("g/ownership/0");
  await put("g/ownership/1", { ownerid: "o".repeat(1_000) });
  for (const stray of [
    "g",
    "g/checkpoint",
    "g/checkpoint/a/b",
    "g/else/0",
    "g/checkpoint/a b",
    `${"g".repeat(300)}/checkpoint/0`,
  ]) {
    await put(stray, { sequencenumber: "1" });
  }
  await put("folder", { hdi_isfolder: "true" });
  const reading = await createStoreReader(container, hub).read();
  const group = reading.groups.get("g");
  const told = [...(group?.checkpoints.values() ?? [])].map((one) => [
    one.sequenceNumber,
    one.offset,
    one.unreadable,
  ]);
  expect(told).toEqual([
    [1, "10", null],
    [null, null, expect.stringContaining("no sequence number")],
    [null, "10", expect.stringContaining('"twelve" is not an integer')],
    [null, "10", expect.stringContaining("out of range")],
    [null, "10", expect.stringContaining("negative")],
    [5, null, null],
    [-1, "-1", null],
    [7, null, null],
  ]);
  expect(group?.checkpoints.get("5")?.writtenBy).toHaveLength(256);
  expect(group?.ownerships.get("0")?.ownerId).toBeNull();
  expect(group?.ownerships.get("1")?.ownerId).toHaveLength(256);
  expect(reading.strayBlobs).toBe(6);
  expect([...reading.groups.keys()]).toEqual(["g"]);
});

it("reads past a page", async () => {
  for (let partition = 0; partition < 11; partition++) {
    await putBlob(container, `${folder}/g/checkpoint/${partition}`, { sequencenumber: String(partition) });
  }
  const reader = createStoreReader(container, { ...hub, pageSize: 3 });
  await reader.read();
  const reading = await reader.read();
  expect(reading.listings).toBe(4);
  expect(checkpoints(reading, "g")).toHaveLength(11);
});

it("is stopped by an abort signal", async () => {
  const reader = createStoreReader(container, hub);
  await expect(reader.read({ abortSignal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "azureTimeout",
  });
  await expect(reader.read()).resolves.toBeDefined();
});

/** Last-Modified counts in whole seconds, so the next write must fall into a later one. */
async function secondsPass(): Promise<void> {
  const second = Math.floor(Date.now() / 1_000);
  while (Math.floor(Date.now() / 1_000) === second) await new Promise((resolve) => setTimeout(resolve, 20));
}

it("names all blobs that are no partition's where one group is read, and counts the rest of a hub's", async () => {
  await putBlob(container, `${folder}/billing/checkpoint/0`, { sequencenumber: "5", offset: "50" });
  for (let i = 0; i < 25; i++) await putBlob(container, `${folder}/billing/checkpoint/0/part-${i}`, {});
  const misnamedIn = async (options: object) => {
    const { groups } = await createStoreReader(container, { ...hub, ...options }).read();
    const group = groups.get("billing");
    return [group?.misnamed.length, group?.misnamedMore];
  };
  expect(await misnamedIn({})).toEqual([20, 5]);
  expect(await misnamedIn({ onlyGroup: "billing" })).toEqual([25, undefined]);
});
