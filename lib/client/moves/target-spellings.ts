import type { ResetPlanEntry } from "#lib/api/resets.ts";

type Entry = Pick<ResetPlanEntry, "targetBlobName">;

/**
 * Returns the folders that a move writes in, each with the part that tells it from the others: the names in one
 * spelling. One folder alone has nothing to tell.
 */
export function spellingsOf(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const folders = [
    ...new Set(entries.flatMap(({ targetBlobName }) => (targetBlobName ? [folderOf(targetBlobName)] : []))),
  ];
  const [first = [], ...others] = folders.map((folder) => folder.split("/"));
  const differs = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return new Map(folders.map((folder) => [folder, folder.split("/").slice(differs, -1).join("/")]));
}

export function folderOf(blobName: string): string {
  return blobName.slice(0, blobName.lastIndexOf("/"));
}
