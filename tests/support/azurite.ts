import { randomUUID } from "node:crypto";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll } from "vitest";
import { type Azurite, startAzurite } from "#lib/sandbox/azurite.ts";

export interface TestStorage {
  readonly connectionString: string;
  readonly blobEndpoint: string;
  /** A new, empty container of its own. */
  newContainer(): Promise<ContainerClient>;
}

/** One real Azurite for the tests of this file; each test takes a container of its own. */
export function azuriteForThisFile(): TestStorage {
  let azurite: Azurite | undefined;
  beforeAll(async () => {
    azurite = await startAzurite();
  });
  afterAll(() => azurite?.stop());
  const running = () => {
    if (!azurite) throw new Error("Azurite runs only while the tests of this file do");
    return azurite;
  };
  return {
    get connectionString() {
      return running().connectionString;
    },
    get blobEndpoint() {
      return running().blobEndpoint;
    },
    async newContainer() {
      const service = BlobServiceClient.fromConnectionString(running().connectionString);
      return (await service.createContainer(`test-${randomUUID()}`)).containerClient;
    },
  };
}

/** Puts an empty blob with metadata, as the SDKs' stores do. */
export async function putBlob(
  container: ContainerClient,
  name: string,
  metadata: Record<string, string> = {},
): Promise<void> {
  await container.getBlockBlobClient(name).upload("", 0, { metadata });
}

/** All blobs with their metadata, by name. */
export async function storedBlobs(
  container: ContainerClient,
): Promise<Record<string, Record<string, string>>> {
  const blobs: Record<string, Record<string, string>> = {};
  for await (const blob of container.listBlobsFlat({ includeMetadata: true }))
    blobs[blob.name] = blob.metadata ?? {};
  return blobs;
}
