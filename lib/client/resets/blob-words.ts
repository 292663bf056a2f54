import type { CleanedBlob, CleanupKind } from "#lib/api/plans/cleanups.ts";
import type { ResetPlan } from "#lib/api/resets.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { fateOf } from "./plan-totals.ts";

/** True for a plan or result about blobs: blob names have slashes, partition ids don't. */
export function isOfBlobs({ entries }: { entries: readonly { partitionId: string }[] }): boolean {
  return entries.some(({ partitionId }) => partitionId.includes("/"));
}

export const cleanupWords: Record<CleanupKind, string> = {
  goneGroup: "The group is gone",
  gonePartition: "The partition is gone",
  placeholder: "A storage tool’s placeholder",
  leftBehind: "Left behind by a move",
  brokenCheckpoint: "Broken, stops the group",
  brokenOwnership: "Broken, names no owner",
};

export const actWords: Record<CleanedBlob["act"], string> = {
  delete: "deleted",
  repair: "repaired",
  restore: "restored",
};

export function blobsSummary({ target, entries }: ResetPlan): string | null {
  const going = entries.filter((entry) => fateOf(entry) === "moves");
  const cleaned = entries.flatMap(({ cleans }) => cleans ?? []);
  if (target.kind === "cleanup" && entries.length === 0) return "There is nothing to clean up.";
  const blocked = entries.length - going.length;
  const left =
    blocked === 0
      ? []
      : [`${plural(blocked, "blob")} ${blocked === 1 ? "is" : "are"} blocked and will not change.`];
  if (cleaned.length === 0) {
    if (going.length === 0 || !going.every(({ removes }) => removes === true)) return null;
    return [`${plural(going.length, "checkpoint")} that the move made will be deleted.`, ...left].join(" ");
  }
  const counts = (["delete", "repair", "restore"] as const).flatMap((act) => {
    const count = going.filter(({ cleans }) => cleans?.act === act).length;
    return count === 0 ? [] : [{ act, count }];
  });
  const [only] = counts;
  if (only?.count === entries.length) return `${plural(only.count, "blob")} will be ${actWords[only.act]}.`;
  const each = counts.map(({ act, count }) => `${formatCount(count)} will be ${actWords[act]}`);
  const told = each.length === 0 ? [] : [`Of ${plural(entries.length, "blob")}, ${each.join("; ")}.`];
  return [...told, ...left].join(" ");
}
