import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { type StoredGroup, stoppingBlobs } from "#lib/core/stored-blobs.ts";

type Note = ConsumerGroup["notes"][number];

const mostNamed = 5;

/**
 * The blobs that stop a group's processors on all partitions, wherever they stand, and checkpoints that stop their
 * own partition alone; each with what to do.
 * @param here the hub's partitions; null: they are not known
 */
export function blockingBlobs(stored: StoredGroup | null, here: ReadonlySet<string> | null): Note[] {
  if (stored === null) return [];
  const { checkpoints, ownerships } = stoppingBlobs(stored);
  const isHere = ({ partitionId }: { partitionId: string }) => here === null || here.has(partitionId);
  const all = [...checkpoints, ...ownerships];
  const torn = checkpoints.filter(isHere);
  const nobodys = ownerships.filter(isHere);
  const gone = all.filter((blob) => !isHere(blob));
  // Some .NET versions write a blank offset, and read it so.
  const unusable = [...stored.checkpoints.values()].filter(
    (one) => one.format === "common" && one.stopsGroup !== true && one.offset === null && isHere(one),
  );
  const notes: Note[] = [];
  if (all.length > 0) {
    notes.push({
      kind: "blockingBlobs",
      partitionIds: idsOf([...torn, ...nobodys]),
      text: [
        "Processors of this group stop, or can't start, on all partitions (seen with JavaScript's): each lists all blobs of its group, and fails on those that lack what they have to hold.",
        torn.length === 0 ? "" : `Reset, with the group stopped, what ${named(torn)} is the checkpoint of.`,
        nobodys.length === 0 ? "" : `Give ${named(nobodys)} the metadata ownerid, empty; never delete it.`,
        gone.length === 0
          ? ""
          : `Delete ${named(gone)}: the hub has no such partition, and no processor needs it.`,
      ]
        .filter((sentence) => sentence !== "")
        .join(" "),
    });
  }
  if (unusable.length > 0) {
    notes.push({
      kind: "blockedPartitions",
      partitionIds: idsOf(unusable),
      text: `${unusable.length === 1 ? "A checkpoint holds" : `${unusable.length} checkpoints hold`} no position that JavaScript processors can start at, such as a blank offset (.NET 5.10 and 5.11 write one, and go on from it). Each stops its own partition alone. Reset those partitions with the group stopped, or let .NET go on.`,
    });
  }
  return notes;
}

function idsOf(blobs: readonly { partitionId: string }[]): string[] {
  return [...new Set(blobs.map(({ partitionId }) => partitionId))];
}

/** `the blob "a"`, `the blobs "a", "b" and 3 more`. */
function named(blobs: readonly { blobName: string }[]): string {
  const shown = blobs.slice(0, mostNamed).map(({ blobName }) => JSON.stringify(blobName));
  const more = blobs.length - shown.length;
  return `the blob${blobs.length === 1 ? "" : "s"} ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
