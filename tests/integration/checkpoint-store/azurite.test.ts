import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlobServiceClient } from "@azure/storage-blob";
import { expect, it } from "vitest";
import { startAzurite } from "#lib/sandbox/azurite.ts";

it("ends within 2 s, more than once if asked to, and no longer answers", async () => {
  const azurite = await startAzurite();
  const startedAt = performance.now();
  await Promise.all([azurite.stop(), azurite.stop()]);
  await azurite.stop();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  await expect(fetch(azurite.blobEndpoint)).rejects.toThrow();
  expect(() => process.kill(azurite.pid, 0)).toThrow("ESRCH");
});

it("says why it could not start", async () => {
  const azurite = await startAzurite();
  try {
    await expect(startAzurite({ port: azurite.port })).rejects.toThrow(/ended before it was up.*EADDRINUSE/s);
  } finally {
    await azurite.stop();
  }
});

it("keeps its data in a folder that it is given", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-test-"));
  try {
    const first = await startAzurite({ folder });
    await BlobServiceClient.fromConnectionString(first.connectionString).createContainer("kept");
    await first.stop();
    const second = await startAzurite({ folder });
    const client = BlobServiceClient.fromConnectionString(second.connectionString);
    expect(await client.getContainerClient("kept").exists()).toBe(true);
    await second.stop();
    expect(existsSync(folder)).toBe(true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
