import type { ContainerClient } from "@azure/storage-blob";

const mostPages = 10;

export interface Level {
  folders: string[];
  blobs: string[];
  isComplete: boolean;
}

/** Lists a container level by level and asks for no level twice. */
export class LevelReader {
  readonly #container: ContainerClient;
  readonly #abortSignal: AbortSignal | undefined;
  readonly #levels = new Map<string, Promise<Level>>();
  listings = 0;

  constructor(container: ContainerClient, abortSignal?: AbortSignal | undefined) {
    this.#container = container;
    this.#abortSignal = abortSignal;
  }

  read(prefix: string): Promise<Level> {
    const level = this.#levels.get(prefix) ?? this.#list(prefix);
    this.#levels.set(prefix, level);
    return level;
  }

  async #list(prefix: string): Promise<Level> {
    const level: Level = { folders: [], blobs: [], isComplete: true };
    const abortSignal = this.#abortSignal;
    const pages = this.#container
      .listBlobsByHierarchy("/", { prefix, ...(abortSignal && { abortSignal }) })
      .byPage({ maxPageSize: 5_000 });
    let read = 0;
    for await (const { segment, continuationToken } of pages) {
      this.listings += 1;
      read += 1;
      level.folders.push(...(segment.blobPrefixes ?? []).map(({ name }) => name));
      level.blobs.push(...segment.blobItems.map(({ name }) => name));
      if (read < mostPages || !continuationToken) continue;
      level.isComplete = false;
      break;
    }
    return level;
  }
}
