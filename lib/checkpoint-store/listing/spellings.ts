import type { LevelReader } from "./levels.ts";

/**
 * Finds how a container spells some roots. Prefixes are compared with case by the service, but Java and Go
 * (before autumn 2023) and Rust write names as they were typed. Walks the levels by hierarchy, so that its cost
 * does not depend on the number of blobs below them.
 * @param base - what stands before every root, as it is
 * @param roots - in any casing; a folder, ending in a slash, or the beginning of blobs' names
 * @returns as the container spells them, those that stand there
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
      // An empty end stands for the folder itself.
      if (tails.some(([end]) => end === "")) found.add(folder);
      const deeper = tails.filter(([end]) => end !== "");
      if (deeper.length > 0) await descend(folder, deeper);
    }
  };

  const paths = [...new Set(roots.map((root) => root.toLowerCase()))].map((root) => root.split("/"));
  if (paths.length > 0) await descend(base, paths);
  return [...found];
}
