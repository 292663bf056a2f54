import type { BlobServiceClient } from "@azure/storage-blob";
import { LevelReader } from "#lib/checkpoint-store/listing/levels.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { isAbort } from "./storage-error.ts";

const mostContainers = 500;
const containersAtOnce = 8;
/** The SDK's XML reading of 5,000 would hold up everything else for 200 ms. */
const pageSize = mostContainers + 1;

const notStores = /^(\$|insights-|azure-webjobs-(hosts|secrets)$|bootdiagnostics-)/;

export interface ContainerWalk<Found> {
  found: { containerName: string; value: Found }[];
  unreadable: string[];
  isComplete: boolean;
  listings: number;
  readAt: EpochMs;
  heardAt: EpochMs;
}

/** @throws the service's own error when the containers can't be listed */
export async function walkContainers<Found>(
  service: BlobServiceClient,
  look: (levels: LevelReader) => Promise<Found | null>,
  abortSignal: AbortSignal,
): Promise<ContainerWalk<Found>> {
  const names: string[] = [];
  let isComplete = true;
  let listings = 0;
  let readAt: EpochMs | undefined;
  let heardAt: EpochMs | undefined;
  for await (const page of service.listContainers({ abortSignal }).byPage({ maxPageSize: pageSize })) {
    listings += 1;
    heardAt ??= Date.now();
    readAt ??= (page as { date?: Date }).date?.getTime();
    names.push(...page.containerItems.map(({ name }) => name).filter((name) => !notStores.test(name)));
    if (names.length <= mostContainers) continue;
    isComplete = false;
    break;
  }
  const found: ContainerWalk<Found>["found"] = [];
  const unreadable: string[] = [];
  const aborted = await eachInFlight(
    names.slice(0, mostContainers),
    containersAtOnce,
    async (containerName) => {
      const levels = new LevelReader(service.getContainerClient(containerName), abortSignal);
      try {
        const value = await look(levels);
        if (value !== null) found.push({ containerName, value });
      } catch (cause) {
        if (isAbort(cause)) return cause;
        unreadable.push(containerName);
      } finally {
        listings += levels.listings;
      }
      return null;
    },
  );
  const abort = aborted.find((one) => one !== null);
  if (abort) throw abort;
  found.sort((a, b) => (a.containerName < b.containerName ? -1 : 1));
  return {
    found,
    unreadable: unreadable.sort(),
    isComplete,
    listings,
    readAt: readAt ?? Date.now(),
    heardAt: heardAt ?? Date.now(),
  };
}
