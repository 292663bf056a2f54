import type { Check } from "#lib/api/diagnosis.ts";
import type { StoredCheckpoint, StoredGroup, StoreReading } from "#lib/core/stored-blobs.ts";
import { counted, fail, listed, pass, type Subject, skip, warn } from "./check.ts";
import { notChecked } from "./not-checked.ts";
import type { DiagnosedStore } from "./subject-hub.ts";

const groupsOf = ({ groups }: StoreReading): StoredGroup[] => [...groups.values()];
const checkpointsOf = (group: StoredGroup): StoredCheckpoint[] => [
  ...group.checkpoints.values(),
  ...group.superseded,
];

const about = (store: DiagnosedStore, check: string, title: string): Subject => ({
  check,
  title,
  store: store.id,
  names: "ownHub",
});

/** @param reading null: the store could not be read, of this check as of those below */
export function formatsCheck(store: DiagnosedStore, reading: StoreReading | null): Check {
  const subject = about(store, "formats", "Every layout is one that is read");
  if (reading === null) return skip(subject, notChecked.storeFailed);
  const seen = new Map<string, number>();
  for (const checkpoint of groupsOf(reading).flatMap(checkpointsOf)) {
    seen.set(checkpoint.format, (seen.get(checkpoint.format) ?? 0) + 1);
  }
  const sentence = [...seen]
    .map(([format, count]) => `${format} (${counted(count, "checkpoint")})`)
    .join(", ");
  return sentence === ""
    ? skip(subject, notChecked.formatsLookedFor(store.formats))
    : pass(subject, { detail: `Seen: ${sentence}.` });
}

/** Blobs that can't be used, each with those whom it stops (facts section 1). */
export function unreadableCheck(store: DiagnosedStore, reading: StoreReading | null): Check {
  const subject = about(store, "unreadableBlobs", "Every blob can be read");
  if (reading === null) return skip(subject, notChecked.storeFailed);
  if (groupsOf(reading).length === 0) return skip(subject, notChecked.noBlobs);
  const blobs = groupsOf(reading).flatMap((group) => {
    const checkpoints = checkpointsOf(group).flatMap((one) => {
      const fault = faultOf(one);
      return fault === null ? [] : [`${one.blobName}: ${fault}`];
    });
    const owners = [...group.ownerships.values()]
      .filter(({ ownerId, leased }) => ownerId === null && leased === undefined)
      .map(({ blobName }) => `${blobName}: it names no owner; it stops ${stopped} of its group.`);
    return [...checkpoints, ...owners];
  });
  if (blobs.length === 0) return pass(subject, { detail: "No checkpoint and no ownership is broken." });
  return fail(subject, {
    detail: `${counted(blobs.length, "blob")} can't be used as written. Each costs its own partition its figures here; some stop every processor of their group, on all partitions.`,
    remedy:
      "Reset those partitions to a known position with the group stopped, which writes a whole checkpoint. Give an ownership blob without an owner the metadata ownerid, empty; never delete it. Delete the blobs of partitions that the hub has not got.",
    items: blobs,
  });
}

// Tried with JavaScript's.
const stopped = "every processor";

function faultOf(checkpoint: StoredCheckpoint): string | null {
  const { format, unreadable, offset, sequenceNumber, stopsGroup } = checkpoint;
  const its = stopsGroup
    ? `it stops ${stopped} of its group`
    : offset === null
      ? "it stops its own partition alone"
      : "processors that start by its offset can go on from it";
  if (unreadable !== null) {
    const whom = format === "common" ? its : "its own host can't take up the partition";
    return `${unreadable}; ${whom}.`;
  }
  // Some .NET versions write none and read it so; the others can't start from it.
  if (format === "common" && offset === null && sequenceNumber !== null) {
    return `it has no offset (.NET 5.10 and 5.11, and Functions extensions 6.0.2 to 6.4, write a blank one); ${its}.`;
  }
  return null;
}

/** Partitions that several blobs speak for, and trees whose names differ only in case. */
export function duplicatesCheck(store: DiagnosedStore, reading: StoreReading | null): Check {
  const subject = about(store, "duplicateTrees", "Each partition's checkpoint stands once");
  if (reading === null) return skip(subject, notChecked.storeFailed);
  if (!groupsOf(reading).some(({ checkpoints }) => checkpoints.size > 0)) {
    return skip(subject, notChecked.noCheckpoints);
  }
  const several = groupsOf(reading).filter(({ superseded }) => superseded.length > 0);
  const spellings = new Map<string, Set<string>>();
  for (const prefix of reading.survey?.prefixes ?? []) {
    const all = spellings.get(prefix.toLowerCase()) ?? new Set();
    spellings.set(prefix.toLowerCase(), all.add(prefix));
  }
  const trees = [...spellings.values()].filter((all) => all.size > 1).flatMap((all) => [...all]);
  if (several.length === 0) {
    return pass(subject, {
      detail:
        trees.length === 0
          ? "No partition has more than one checkpoint."
          : `Trees stand in more than one spelling (${listed(trees)}), but no partition has more than one checkpoint.`,
      items: trees,
    });
  }
  return warn(subject, {
    detail: `${counted(several.length, "group")} with partitions that more than one blob speaks for: ${listed(several.map(({ name }) => name))}. The newest counts.`,
    remedy:
      "Older Java, Go and Rust libraries keep the names' casing, others lower-case them; Azure Functions moved layouts at extension 5. Let one kind of processor work on a group.",
    items: several.flatMap(({ superseded }) => superseded.map(({ blobName }) => blobName)),
  });
}
