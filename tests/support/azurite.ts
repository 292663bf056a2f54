import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { BlobServiceClient, type ContainerClient, ContainerSASPermissions } from "@azure/storage-blob";
import { afterAll, beforeAll } from "vitest";
import { type Azurite, startAzurite } from "#lib/sandbox/azurite.ts";
import { openStorage } from "./shared-storage.ts";

export interface TestStorage {
  readonly connectionString: string;
  readonly blobEndpoint: string;
  newContainer(): Promise<ContainerClient>;
}

/**
 * Provides a real Azurite for this file's tests, and a container for each. `own` is for tests that walk the
 * account.
 */
export function azuriteForThisFile(storage: "shared" | "own" = "shared"): TestStorage {
  let azurite: Azurite | undefined;
  beforeAll(async () => {
    azurite = await (storage === "own" ? startAzurite() : openStorage());
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

export async function putBlob(
  container: ContainerClient,
  name: string,
  metadata: Record<string, string> = {},
): Promise<void> {
  await container.getBlockBlobClient(name).upload("", 0, { metadata });
}

/** Avoids the SDK's client, which costs more for thousands of blobs than the emulator's own work. */
export async function putManyBlobs(
  container: ContainerClient,
  count: number,
  name: (i: number) => string,
  metadata: Record<string, string>,
): Promise<void> {
  const permissions = ContainerSASPermissions.parse("cw");
  const signed = new URL(
    await container.generateSasUrl({ permissions, expiresOn: new Date(Date.now() + 600_000) }),
  );
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const headers: Record<string, string> = { "x-ms-blob-type": "BlockBlob", "content-length": "0" };
  for (const [key, value] of Object.entries(metadata)) headers[`x-ms-meta-${key}`] = value;
  const put = (i: number) =>
    new Promise<void>((resolve, reject) => {
      const path = `${signed.pathname}/${name(i)}${signed.search}`;
      const { hostname, port } = signed;
      const call = request({ hostname, port, path, method: "PUT", agent, headers }, (response) => {
        response.resume();
        const done =
          response.statusCode === 201 ? resolve : () => reject(new Error(`${response.statusCode}`));
        response.once("end", done);
      });
      call.once("error", reject).end();
    });
  await Promise.all(Array.from({ length: count }, (_, i) => put(i)));
  agent.destroy();
}

export async function storedBlobs(
  container: ContainerClient,
): Promise<Record<string, Record<string, string>>> {
  const blobs: Record<string, Record<string, string>> = {};
  for await (const blob of container.listBlobsFlat({ includeMetadata: true }))
    blobs[blob.name] = blob.metadata ?? {};
  return blobs;
}
