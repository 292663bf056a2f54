import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { BlobServiceClient, type ContainerClient, ContainerSASPermissions } from "@azure/storage-blob";
import { afterAll, beforeAll } from "vitest";
import { type Azurite, startAzurite } from "#lib/sandbox/azurite.ts";
import { openStorage } from "./shared-storage.ts";

export interface TestStorage {
  readonly connectionString: string;
  readonly blobEndpoint: string;
  /** A new, empty container of its own. */
  newContainer(): Promise<ContainerClient>;
}

/** A real Azurite for the tests of this file, each with a container of its own; `own`: what is asked walks the account. */
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

/** Puts an empty blob with metadata, as the SDKs' stores do. */
export async function putBlob(
  container: ContainerClient,
  name: string,
  metadata: Record<string, string> = {},
): Promise<void> {
  await container.getBlockBlobClient(name).upload("", 0, { metadata });
}

/** Thousands of them: past the SDK's client, which costs more here than the emulator's own work. */
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

/** All blobs with their metadata, by name. */
export async function storedBlobs(
  container: ContainerClient,
): Promise<Record<string, Record<string, string>>> {
  const blobs: Record<string, Record<string, string>> = {};
  for await (const blob of container.listBlobsFlat({ includeMetadata: true }))
    blobs[blob.name] = blob.metadata ?? {};
  return blobs;
}
