import type { BlobServiceClient } from "@azure/storage-blob";
import { LevelReader } from "#lib/checkpoint-store/listing/levels.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { isAbort } from "./storage-error.ts";

/** An account may hold any number; past this many the rest is not looked into. */
const mostContainers = 500;
const containersAtOnce = 8;

/** Containers that the platform itself fills, and fills with very much. */
const notStores = /^(\$|insights-|azure-webjobs-(hosts|secrets)$|bootdiagnostics-)/;

export interface ContainerWalk<Found> {
  found: { containerName: string; value: Found }[];
  /** Looked at, and not to be read: no right, or gone meanwhile. */
  unreadable: string[];
  /** False: there are more than were looked at. */
  isComplete: boolean;
  listings: number;
  /** The service's clock, at the first answer, and this machine's. */
  readAt: EpochMs;
  heardAt: EpochMs;
}

/**
 * Looks into every container of an account with `look`; null: nothing in it.
 * @throws what the service answers where the containers themselves can't be listed
 */
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
  for await (const page of service.listContainers({ abortSignal }).byPage({ maxPageSize: 5_000 })) {
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
