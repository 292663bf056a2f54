import { plural } from "#lib/client/format/format.ts";
import { formatRanges } from "#lib/client/lag/partition-ranges.ts";

/** A sentence, and the partitions that it, or one like it, is said of. */
export interface Alike {
  text: string;
  partitionIds: string[];
  /** It is the very same of all of them; else it is the first one's. */
  isSame: boolean;
}

export interface Said {
  partitionId: string;
  text: string;
}

/** A sentence without its names and figures. */
export function kindOf(text: string): string {
  return text.replaceAll(/\S*\d\S*/g, "#");
}

/** Sentences that differ in names and figures alone, each kind once; those of most partitions first. */
export function groupAlike(said: readonly Said[]): Alike[] {
  const kinds = new Map<string, Alike>();
  for (const { partitionId, text } of said) {
    const kind = kindOf(text);
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, { text, partitionIds: [partitionId], isSame: true });
    else {
      known.partitionIds.push(partitionId);
      known.isSame &&= known.text === text;
    }
  }
  return [...kinds.values()].sort((a, b) => b.partitionIds.length - a.partitionIds.length);
}

const longestRanges = 40;

/** Whom a sentence is said of, to stand before it: `Partitions 0-3, 7`, `12 partitions, such as 0`. */
export function ofWhom({ partitionIds, isSame }: Alike): string {
  const [first] = partitionIds;
  if (partitionIds.length === 1) return `Partition ${first}`;
  const ranges = formatRanges(partitionIds).replaceAll(",", ", ");
  const which =
    ranges.length > longestRanges ? plural(partitionIds.length, "partition") : `Partitions ${ranges}`;
  return isSame ? which : `${which}, such as ${first}`;
}
