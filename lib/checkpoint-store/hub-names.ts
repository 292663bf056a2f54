import type { BlobServiceClient, ContainerClient } from "@azure/storage-blob";
import { LevelReader } from "#lib/checkpoint-store/listing/levels.ts";
import { walkContainers } from "./containers.ts";
import { toStorageError } from "./storage-error.ts";
import { timeLimit } from "./time-limit.ts";

const limitMs = 60_000;
const mostHubs = 200;

/**
 * Finds the event hubs with folders (of the common layout or Azure Functions) below the namespace in a
 * container or a whole account, in each spelling.
 * @throws AppError as readings do
 */
export async function findHubNames(
  where: ContainerClient | BlobServiceClient,
  namespaces: readonly string[],
  abortSignal?: AbortSignal | undefined,
): Promise<string[]> {
  const limit = timeLimit(limitMs, abortSignal);
  const wanted = new Set(namespaces.map((name) => name.toLowerCase()));
  const look = (levels: LevelReader) => hubsIn(levels, wanted);
  try {
    if ("containerName" in where) return await look(new LevelReader(where, limit));
    const { found } = await walkContainers(where, look, limit);
    return [...new Set(found.flatMap(({ value }) => value))].slice(0, mostHubs);
  } catch (cause) {
    throw toStorageError(cause, "Looking for event hubs in a checkpoint store");
  }
}

async function hubsIn(levels: LevelReader, wanted: ReadonlySet<string>): Promise<string[]> {
  const names: string[] = [];
  for (const folder of (await levels.read("")).folders) {
    if (!wanted.has(folder.slice(0, -1).toLowerCase())) continue;
    for (const hub of (await levels.read(folder)).folders) names.push(hub.slice(folder.length, -1));
  }
  return names.filter(isHubName).slice(0, mostHubs);
}

function isHubName(name: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9._-]{0,254}[A-Za-z0-9])?$/.test(name);
}
