import type { ContainerClient } from "@azure/storage-blob";
import { beforeEach, expect, it } from "vitest";
import { readLeaseCheckpoint, writeLeaseCheckpoint } from "#lib/checkpoint-store/leases/lease-checkpoint.ts";
import { azuriteForThisFile } from "#tests/support/azurite.ts";

const storage = azuriteForThisFile();
const blobName = "contoso.servicebus.windows.net/orders/$Default/0";
const body = '{"Offset":"1","SequenceNumber":7,"Epoch":12345678901234567890,"Später":"ü"}';
const to = { sequenceNumber: 41, offset: "4100" };

let container: ContainerClient;
beforeEach(async () => {
  container = await storage.newContainer();
  await put(body);
});

async function put(text: string | Uint8Array): Promise<void> {
  const bytes = Buffer.from(text as string);
  await container.getBlockBlobClient(blobName).upload(bytes, bytes.length, {
    metadata: { OWNINGHOST: "h1" },
    blobHTTPHeaders: { blobContentType: "application/json", blobCacheControl: "no-cache" },
  });
}

async function standing() {
  const blob = await readLeaseCheckpoint(container, blobName);
  if (blob === null) throw new Error("the blob is not there");
  return blob;
}

it("writes the position and keeps metadata, headers and every other field", async () => {
  const before = await standing();
  const result = await writeLeaseCheckpoint(container, before, "functions", to);
  const after = await standing();
  expect(result).toEqual({ result: "written", etag: after.etag, updatedAt: after.updatedAt });
  expect(after.text).toBe('{"Offset":"4100","SequenceNumber":41,"Epoch":12345678901234567890,"Später":"ü"}');
  expect({ ...after, text: "", etag: "", updatedAt: 0 }).toEqual({
    ...before,
    text: "",
    etag: "",
    updatedAt: 0,
  });
  expect(after.headers).toMatchObject({ blobContentType: "application/json", blobCacheControl: "no-cache" });
  expect(Object.values(after.metadata)).toEqual(["h1"]);
});

it("leaves a blob alone that has changed, is gone or is leased", async () => {
  const before = await standing();
  const changed = body.replace("7", "8");
  await put(changed);
  expect(await writeLeaseCheckpoint(container, before, "functions", to)).toMatchObject({
    result: "conflict",
  });
  const lease = container.getBlobClient(blobName).getBlobLeaseClient();
  const unleased = await standing();
  await lease.acquireLease(15);
  const leased = { result: "conflict", reason: expect.stringContaining("leased") };
  expect((await standing()).leased).toBe(true);
  expect(await writeLeaseCheckpoint(container, await standing(), "functions", to)).toEqual(leased);
  // The same holds when the lease was taken after the blob was read.
  expect(await writeLeaseCheckpoint(container, unleased, "functions", to)).toEqual(leased);
  expect((await standing()).text).toBe(changed);
  await lease.releaseLease();
  await container.deleteBlob(blobName);
  expect(await writeLeaseCheckpoint(container, before, "functions", to)).toMatchObject({
    result: "conflict",
  });
  expect(await readLeaseCheckpoint(container, blobName)).toBeNull();
});

it("writes nothing when the body is not a lease", async () => {
  await put("[]");
  await expect(writeLeaseCheckpoint(container, await standing(), "eph", to)).rejects.toThrow(
    "was left as it is: its content is not a JSON object",
  );
  await put(Uint8Array.of(0x7b, 0xff, 0x7d));
  await expect(readLeaseCheckpoint(container, blobName)).rejects.toThrow("too large, or no text");
  await put(" ".repeat(70_000));
  await expect(readLeaseCheckpoint(container, blobName)).rejects.toMatchObject({ code: "invalidRequest" });
});

it("fails when the container is missing, and when it is cancelled", async () => {
  const before = await standing();
  const cancelled = { abortSignal: AbortSignal.abort() };
  await expect(writeLeaseCheckpoint(container, before, "eph", to, cancelled)).rejects.toMatchObject({
    code: "azureTimeout",
  });
  await container.delete();
  await expect(readLeaseCheckpoint(container, blobName)).rejects.toMatchObject({ code: "containerNotFound" });
  await expect(writeLeaseCheckpoint(container, before, "eph", to)).rejects.toMatchObject({
    code: "containerNotFound",
  });
});
