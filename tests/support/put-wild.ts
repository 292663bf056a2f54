import { randomUUID } from "node:crypto";
import type { ContainerClient } from "@azure/storage-blob";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import type { WildBlob } from "./wild-blobs.ts";

/** Puts blobs as they are told, their leases held where they say so. */
export async function putWild(container: ContainerClient, blobs: readonly WildBlob[]): Promise<void> {
  const faults = await eachInFlight(blobs, 8, async ({ name, body, metadata, leased }) => {
    try {
      const client = container.getBlockBlobClient(name);
      const bytes = Buffer.from(body);
      await client.upload(bytes, bytes.length, { metadata });
      if (leased) await client.getBlobLeaseClient(randomUUID()).acquireLease(60);
      return null;
    } catch (error) {
      return new Error(`${name} could not be put`, { cause: error });
    }
  });
  const fault = faults.find((one) => one !== null);
  if (fault) throw fault;
}
