import { AnonymousCredential, ContainerClient, newPipeline } from "@azure/storage-blob";
import { quantile } from "#tests/support/simulated/process-usage.ts";

const perPage = 5_000;

export async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

export const middle = (times: readonly number[]): number => quantile(times, 0.5);

interface SdkListing {
  cpuMs: number;
  /** How much slower this machine is than the one that limits in milliseconds hold for; at least 1. */
  slowness: number;
}

/**
 * There the SDK reads a page of 5,000 blobs in 620 ms of CPU. A slower machine gets that much more time, and a
 * faster one no less.
 */
const referenceMsEach = 620 / 5_000;

/** Lists everything under a prefix by the SDK alone, some times. */
export async function sdkListing(containerUrl: string, prefix: string, tries = 4): Promise<SdkListing> {
  const container = new ContainerClient(containerUrl, newPipeline(new AnonymousCredential()));
  const times: number[] = [];
  let blobs = 0;
  for (let turn = 0; turn < tries; turn += 1) {
    blobs = 0;
    times.push(
      await cpuOf(async () => {
        for await (const { segment } of container
          .listBlobsFlat({ prefix, includeMetadata: true })
          .byPage({ maxPageSize: perPage }))
          blobs += segment.blobItems.length;
      }),
    );
  }
  if (blobs === 0) throw new Error(`Nothing stands under ${prefix}.`);
  const cpuMs = middle(times);
  return { cpuMs, slowness: Math.max(1, cpuMs / blobs / referenceMsEach) };
}
