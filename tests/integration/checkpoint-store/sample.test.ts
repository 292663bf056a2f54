import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import { azuriteForThisFile, storedBlobs } from "#tests/support/azurite.ts";
import { startEndpoint } from "#tests/support/local-event-hubs.ts";

const storage = azuriteForThisFile();
const root = fileURLToPath(new URL("../../..", import.meta.url));

function startSample(env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, ["lib/sandbox/samples/process-events.ts"], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk));
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return {
    lines: (word: string) => output.split("\n").filter((line) => line.startsWith(`${word} `)),
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      return exit;
    },
    exit,
  };
}

it("runs: begins at a time, checkpoints every N events, stops cleanly and goes on where it was", async () => {
  const endpoint = await startEndpoint([{ name: "orders", partitionCount: 1, consumerGroups: ["billing"] }]);
  const container = await storage.newContainer();
  const now = Date.now();
  const events = Array.from({ length: 5 }, (_, i) => ({ body: i, enqueuedAt: now - 10_000 }));
  endpoint.append("orders", "0", [{ body: "too old", enqueuedAt: now - 60_000 }, ...events]);
  const env = {
    EVENTHUB_CONNECTION_STRING: endpoint.connectionString,
    EVENTHUB_NAME: "orders",
    CONSUMER_GROUP: "billing",
    STORAGE_CONNECTION_STRING: storage.connectionString,
    CHECKPOINT_CONTAINER: container.containerName,
    CHECKPOINT_EVERY: "2",
    START_AT: new Date(now - 30_000).toISOString(),
  };

  const first = startSample(env);
  await vi.waitFor(() => expect(first.lines("event 0")).toHaveLength(5), 10_000);
  await vi.waitFor(() => expect(first.lines("checkpoint")).toHaveLength(2), 10_000);
  expect(await first.stop()).toBe(0);
  expect(first.output()).not.toContain("error");
  expect(first.output()).not.toContain("too old");
  expect(first.output().trim().split("\n").at(-1)).toBe("stopped");
  const folder = "localhost/orders/billing";
  const last = endpoint.partition("orders", "0");
  const blobs = await storedBlobs(container);
  expect(blobs[`${folder}/checkpoint/0`]).toEqual({
    offset: last.lastEnqueuedOffset,
    sequencenumber: String(last.lastEnqueuedSequenceNumber),
  });
  expect(Object.values(blobs).some((metadata) => metadata.ownerid)).toBe(false);

  endpoint.append("orders", "0", [{ body: "after" }]);
  const second = startSample(env);
  await vi.waitFor(() => expect(second.lines("event 0")).toHaveLength(1), 10_000);
  expect(second.lines("event 0")[0]).toContain("after");
  expect(await second.stop()).toBe(0);
});

it("names missing settings", async () => {
  const sample = startSample({ EVENTHUB_CONNECTION_STRING: "", EVENTHUB_NAME: "orders" });
  expect(await sample.exit).toBe(1);
  expect(sample.output()).toContain("STORAGE_CONTAINER_URL is not set");
});
