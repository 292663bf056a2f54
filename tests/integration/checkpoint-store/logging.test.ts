import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { azuriteForThisFile } from "#tests/support/azurite.ts";

const storage = azuriteForThisFile();
const program = `
  import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
  const store = BlobCheckpointStore.fromConnectionString(process.env.STORAGE, process.env.CONTAINER);
  const partition = { fullyQualifiedNamespace: "ns", eventHubName: "orders", consumerGroup: "g", partitionId: "0" };
  const [claimed] = await store.claimOwnership([{ ...partition, ownerId: "owner-1" }]);
  await store.claimOwnership([{ ...partition, ownerId: "owner-2" }]);
  await store.updateCheckpoint({ ...partition, sequenceNumber: 7, offset: "70" });
  await store.claimOwnership([{ ...claimed, ownerId: "" }]);
`;

async function outputAt(level: string): Promise<string[]> {
  const container = await storage.newContainer();
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--disable-warning=ExperimentalWarning", "--eval", program],
    {
      cwd: fileURLToPath(new URL("../../..", import.meta.url)),
      env: {
        ...process.env,
        AZURE_LOG_LEVEL: level,
        STORAGE: storage.connectionString,
        CONTAINER: container.containerName,
      },
    },
  );
  return stderr.split("\n").filter((line) => line.startsWith("azure:tidemark:checkpointstore"));
}

it("logs its work when AZURE_LOG_LEVEL asks for it", async () => {
  const [shown, silent] = await Promise.all([outputAt("info"), outputAt("")]);
  expect(shown).toEqual([
    expect.stringMatching(/^azure:tidemark:checkpointstore:info \[owner-1\] Partition 0: claimed/),
    expect.stringMatching(
      /^azure:tidemark:checkpointstore:info \[owner-2\] Partition 0: not claimed, the blob/,
    ),
    expect.stringMatching(/:info Checkpoint of partition 0: sequence number 7, offset 70\.$/),
    expect.stringMatching(/Partition 0: released/),
  ]);
  expect(silent).toEqual([]);
});
