import type { ContainerClient } from "@azure/storage-blob";
import { beforeEach, expect, it } from "vitest";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import { type CheckpointToWrite, writeCheckpoint } from "#lib/checkpoint-store/write-checkpoint.ts";
import { azuriteForThisFile, putBlob, storedBlobs } from "#tests/support/azurite.ts";

const storage = azuriteForThisFile();
const blobName = "contoso.servicebus.windows.net/orders/billing/checkpoint/0";
const checkpoint: CheckpointToWrite = {
  blobName,
  sequenceNumber: 41,
  offset: "4100",
  clientIdentifier: "tidemark/r1/0",
};
const written = { sequencenumber: "41", offset: "4100", clientidentifier: "tidemark/r1/0" };

let container: ContainerClient;
beforeEach(async () => {
  container = await storage.newContainer();
});

const seen = async () => {
  const { blobs } = await listBlobs(container, blobName);
  const [blob] = blobs;
  if (!blob) throw new Error("the blob is not there");
  return blob;
};

it("replaces the blob that was seen, and all of its metadata", async () => {
  await putBlob(container, blobName, { sequencenumber: "90", offset: "9000", other: "x" });
  const result = await writeCheckpoint(container, checkpoint, { ifMatch: (await seen()).etag });
  const now = await seen();
  expect(result).toEqual({ result: "written", etag: now.etag, updatedAt: now.updatedAt });
  expect(await storedBlobs(container)).toEqual({ [blobName]: written });
  const next = await writeCheckpoint(
    container,
    { ...checkpoint, offset: "-1", sequenceNumber: -1 },
    { ifMatch: now.etag },
  );
  expect(next.result).toBe("written");
});

it("leaves a blob alone that has changed since", async () => {
  await putBlob(container, blobName, { sequencenumber: "90", offset: "9000" });
  const { etag } = await seen();
  await putBlob(container, blobName, { sequencenumber: "91", offset: "9100" });
  const result = await writeCheckpoint(container, checkpoint, { ifMatch: etag });
  expect(result).toEqual({ result: "conflict", reason: "the blob has changed since, or is gone" });
  expect(await storedBlobs(container)).toEqual({ [blobName]: { sequencenumber: "91", offset: "9100" } });
});

it("does not bring back a blob that is gone", async () => {
  const result = await writeCheckpoint(container, checkpoint, { ifMatch: "0x8DEADBEEF" });
  expect(result).toEqual({ result: "conflict", reason: expect.stringMatching(/no longer there|gone$/) });
  expect(await storedBlobs(container)).toEqual({});
});

it("creates a blob only when there is none", async () => {
  const first = await writeCheckpoint(container, checkpoint, { ifNoneMatch: "*" });
  expect(first.result).toBe("written");
  expect(await storedBlobs(container)).toEqual({ [blobName]: written });
  const second = await writeCheckpoint(container, { ...checkpoint, sequenceNumber: 1 }, { ifNoneMatch: "*" });
  expect(second).toEqual({ result: "conflict", reason: "the blob has come into being since" });
  expect(await storedBlobs(container)).toEqual({ [blobName]: written });
});

it("calls a lease a fault, since nobody who uses this layout takes one", async () => {
  await putBlob(container, blobName, { sequencenumber: "90", offset: "9000" });
  await container.getBlobClient(blobName).getBlobLeaseClient().acquireLease(15);
  const write = writeCheckpoint(container, checkpoint, { ifMatch: (await seen()).etag });
  await expect(write).rejects.toMatchObject({
    code: "azureFailed",
    retryable: false,
    message: expect.stringContaining("412 (LeaseIdMissing)"),
  });
});

it.each([
  ["a blank offset", { offset: "" }],
  ["the end as an offset", { offset: "@latest" }],
  ["a fraction", { sequenceNumber: 1.5 }],
  ["an unsafe integer", { sequenceNumber: 2 ** 53 }],
  ["a blank identifier", { clientIdentifier: "" }],
  ["an identifier that is no header's text", { clientIdentifier: "héé\n" }],
])("refuses %s", async (_what, fault) => {
  const write = writeCheckpoint(container, { ...checkpoint, ...fault }, { ifNoneMatch: "*" });
  await expect(write).rejects.toMatchObject({
    code: "invalidRequest",
    message: expect.stringContaining(blobName),
  });
  expect(await storedBlobs(container)).toEqual({});
});

it.each(["", "*", '"*"'])("refuses the etag %j, which any blob would match", async (ifMatch) => {
  await putBlob(container, blobName, {});
  await expect(writeCheckpoint(container, checkpoint, { ifMatch })).rejects.toThrow("the etag is not one");
});

it("fails when the container is missing, and when it is cancelled", async () => {
  await container.delete();
  await expect(writeCheckpoint(container, checkpoint, { ifNoneMatch: "*" })).rejects.toMatchObject({
    code: "containerNotFound",
  });
  const abortSignal = AbortSignal.abort();
  const cancelled = writeCheckpoint(container, checkpoint, { ifNoneMatch: "*" }, { abortSignal });
  await expect(cancelled).rejects.toMatchObject({ code: "azureTimeout" });
});
