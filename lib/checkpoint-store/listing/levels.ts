import type { ContainerClient } from "@azure/storage-blob";
import type { ListedBlob } from "./listed-blob.ts";
import { scanning } from "./scanned-listings.ts";

const mostPages = 10;
const nothing: ReadonlyMap<string, ListedBlob> = new Map();

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
    // While blobs change, the service may list a name on two pages.
    const folders = new Set<string>();
    const blobs = new Set<string>();
    const abortSignal = this.#abortSignal;
    const pages = this.#container
      .listBlobsByHierarchy("/", { prefix, ...(abortSignal && { abortSignal }) })
      .byPage({ maxPageSize: 5_000 });
    for (let read = 1; ; read += 1) {
      const { page, scanned } = await scanning(nothing, () => pages.next());
      if (page.done) break;
      this.listings += 1;
      const { segment, continuationToken } = page.value;
      for (const name of scanned?.folders ?? (segment.blobPrefixes ?? []).map((one) => one.name))
        folders.add(name);
      for (const { name } of scanned?.blobs ?? segment.blobItems) blobs.add(name);
      if (read === mostPages && continuationToken)
        return { folders: [...folders], blobs: [...blobs], isComplete: false };
    }
    return { folders: [...folders], blobs: [...blobs], isComplete: true };
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
