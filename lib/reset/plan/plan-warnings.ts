import type { Look } from "./look.ts";

/** So many partitions are named; of more only the number is told. */
const mostNamed = 12;

/**
 * What will stop the group's JavaScript, Python and Go processors on all partitions, however well these are reset
 * (facts section 1): checkpoints that they can't read, ownerships that name nobody.
 * @param written the blobs that the reset repairs
 */
export function blockingNeighbours({ group }: Look, written: ReadonlySet<string>): string[] {
  if (group === null) return [];
  const checkpoints = [...group.checkpoints.values()]
    .filter(({ format, blobName }) => format === "common" && !written.has(blobName))
    .filter(({ unreadable, offset }) => unreadable !== null || offset === null)
    .map(({ partitionId }) => partitionId);
  const ownerships = [...group.ownerships.values()]
    .filter(({ ownerId, leased }) => ownerId === null && leased === undefined)
    .map(({ partitionId }) => partitionId);
  const stop = "JavaScript, Python and Go processors of this group stop on it, on all partitions";
  return [
    ...(checkpoints.length === 0
      ? []
      : [
          `The checkpoint of ${partitions(checkpoints)} can't be read, and is not repaired by this reset: ${stop}. Reset it as well.`,
        ]),
    ...(ownerships.length === 0
      ? []
      : [
          `The ownership blob of ${partitions(ownerships)} names no owner: ${stop}. A reset does not touch it; give its metadata an empty ownerid.`,
        ]),
  ];
}

function partitions(ids: readonly string[]): string {
  const sorted = ids.toSorted(byNumber.compare);
  if (sorted.length === 1) return `partition ${sorted[0]}`;
  const named = sorted.slice(0, mostNamed).join(", ");
  return sorted.length > mostNamed ? `${sorted.length} partitions (${named} …)` : `the partitions ${named}`;
}

const byNumber = new Intl.Collator("en", { numeric: true });
