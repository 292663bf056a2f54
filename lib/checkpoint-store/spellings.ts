import type { ContainerClient } from "@azure/storage-blob";
import { logger } from "./log.ts";

/** Pages of 5,000 names read at one level before the search there is given up. */
const mostPages = 10;
/** Every spelling costs a listing at each refresh. */
const mostPrefixes = 16;

export interface Spellings {
  /** Folders as the container spells them, ending in a slash. The first root is always among them, as given. */
  prefixes: string[];
  /** Requests that it took. */
  listings: number;
}

/**
 * Finds how a container spells some folders. Prefixes are compared with case by the service, but Java and Go
 * (before autumn 2023) and Rust write names as they were typed. Walks the levels by hierarchy, so that its cost
 * does not depend on the number of blobs below them.
 * @param roots - lower-cased, ending in a slash
 */
export async function findSpellings(
  container: ContainerClient,
  roots: readonly string[],
  abortSignal?: AbortSignal | undefined,
): Promise<Spellings> {
  const found: string[] = [];
  let listings = 0;

  const descend = async (parent: string, paths: string[][]): Promise<void> => {
    const heads = new Set(paths.map(([head]) => head));
    const pages = container
      .listBlobsByHierarchy("/", { prefix: parent, ...(abortSignal && { abortSignal }) })
      .byPage({ maxPageSize: 5_000 });
    let read = 0;
    const children: string[] = [];
    for await (const page of pages) {
      listings += 1;
      read += 1;
      children.push(...(page.segment.blobPrefixes ?? []).map(({ name }) => name));
      if (read < mostPages || !page.continuationToken) continue;
      logger.warning(
        `Container "${container.containerName}" holds too many names to look for other spellings.`,
      );
      break;
    }
    for (const child of children) {
      const name = child.slice(parent.length, -1).toLowerCase();
      if (!heads.has(name)) continue;
      const tails = paths.filter(([head]) => head === name).map(([, ...tail]) => tail);
      if (tails.some((tail) => tail.length === 0)) found.push(child);
      const deeper = tails.filter((tail) => tail.length > 0);
      if (deeper.length > 0) await descend(child, deeper);
    }
  };

  await descend(
    "",
    roots.map((root) => root.split("/").slice(0, -1)),
  );
  const prefixes = [...new Set([...roots.slice(0, 1), ...found])];
  return { prefixes: prefixes.slice(0, mostPrefixes), listings };
}
