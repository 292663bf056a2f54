import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BlobServiceClient } from "@azure/storage-blob";
import { expect, it, vi } from "vitest";
import { startAzurite } from "#lib/sandbox/azurite.ts";

it("says why it could not start, ends within 2 s, more than once if asked to, and no longer answers", async () => {
  const azurite = await startAzurite();
  await expect(startAzurite({ port: azurite.port }).finally(stopIt)).rejects.toThrow(
    /ended before it was up.*EADDRINUSE/s,
  );
  await expect(fetch(azurite.blobEndpoint)).rejects.toThrow();
  expect(() => process.kill(azurite.pid, 0)).toThrow("ESRCH");

  async function stopIt() {
    const startedAt = performance.now();
    await Promise.all([azurite.stop(), azurite.stop()]);
    await azurite.stop();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  }
});

it("ends with whoever started it, even after a kill -9, and leaves no folder behind", async () => {
  const program = `
    import { startAzurite } from "#lib/sandbox/azurite.ts";
    console.log((await startAzurite()).pid);
  `;
  const temporary = await mkdtemp(join(tmpdir(), "tidemark-test-"));
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary },
  });
  const [printed] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(printed.toString());
  parent.kill("SIGKILL");
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 5_000);
  // rmdir fails unless the folder is empty.
  await rmdir(temporary);
});

it("keeps its data in a given folder", async () => {
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
