import type { LevelReader } from "./levels.ts";

/**
 * Finds how a container spells some roots. The service compares prefixes with case, but Go, Rust and
 * Java (before autumn 2023) write names as typed. Walks by hierarchy, so the cost does not depend on the number
 * of blobs below.
 * @param base - precedes every root, as it is
 * @param roots - in any casing: folders with a trailing slash, or beginnings of blob names
 * @returns the existing ones, as spelled there
 */
export async function findSpellings(
  levels: LevelReader,
  base: string,
  roots: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();

  const descend = async (parent: string, paths: string[][]): Promise<void> => {
    const { folders, blobs } = await levels.read(parent);
    for (const [beginning] of paths.filter((path) => path.length === 1)) {
      if (beginning === undefined) continue;
      for (const blob of blobs) {
        const start = blob.slice(0, parent.length + beginning.length);
        if (start.slice(parent.length).toLowerCase() === beginning) found.add(start);
      }
    }
    for (const folder of folders) {
      const name = folder.slice(parent.length, -1).toLowerCase();
      const tails = paths
        .filter(([head, ...tail]) => head === name && tail.length > 0)
        .map(([, ...tail]) => tail);
      if (tails.some(([end]) => end === "")) found.add(folder);
      const deeper = tails.filter(([end]) => end !== "");
      if (deeper.length > 0) await descend(folder, deeper);
    }
  };

  const paths = [...new Set(roots.map((root) => root.toLowerCase()))].map((root) => root.split("/"));
  if (paths.length > 0) await descend(base, paths);
  return [...found];
}
