import type { ContainerClient } from "@azure/storage-blob";

const mostPages = 10;

export interface Level {
  folders: string[];
  blobs: string[];
  isComplete: boolean;
}

export class LevelReader {
  readonly #container: ContainerClient;
  readonly #abortSignal: AbortSignal | undefined;
  readonly #levels = new Map<string, Promise<Level>>();
  listings = 0;
  hasFailed = false;

  constructor(container: ContainerClient, abortSignal?: AbortSignal | undefined) {
    this.#container = container;
    this.#abortSignal = abortSignal;
  }

  read(prefix: string): Promise<Level> {
    const known = this.#levels.get(prefix);
    if (known !== undefined) return known;
    const level = this.#list(prefix);
    this.#levels.set(prefix, level);
    level.catch(() => {
      this.hasFailed = true;
    });
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

const sharedForMs = 5_000;
const sharedLimitMs = 30_000;

/** Lists each level of a container once for several readers that come shortly after one another. */
export class SharedLevels {
  readonly #known = new Map<string, { until: number; levels: LevelReader }>();

  of(container: ContainerClient): LevelReader {
    const now = performance.now();
    const known = this.#known.get(container.url);
    if (known !== undefined && known.until > now && !known.levels.hasFailed) return known.levels;
    // Its own limit: a reader that gives up takes nothing from the others.
    const levels = new LevelReader(container, AbortSignal.timeout(sharedLimitMs));
    this.#known.set(container.url, { until: now + sharedForMs, levels });
    return levels;
  }
}
