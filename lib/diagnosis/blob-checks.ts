import type { Check } from "#lib/api/diagnosis.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { stopEverybody } from "#lib/api/reasons/whom-blobs-stop.ts";
import {
  type StoredCheckpoint,
  type StoredGroup,
  type StoreReading,
  stoppingBlobs,
} from "#lib/core/stored-blobs.ts";
import { fail, pass, type Subject, skip, warn } from "./check.ts";
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

export function formatsCheck(store: DiagnosedStore, reading: StoreReading | null): Check {
  const subject = about(store, "formats", "Checkpoint layouts known");
  if (reading === null) return skip(subject, reason("storeNotRead"));
  const seen = new Map<string, number>();
  for (const checkpoint of groupsOf(reading).flatMap(checkpointsOf)) {
    seen.set(checkpoint.format, (seen.get(checkpoint.format) ?? 0) + 1);
  }
  const layouts = [...seen].map(([format, checkpoints]) => ({ format, checkpoints }));
  return layouts.length === 0
    ? skip(subject, reason("noLayoutSeen", { formats: [...store.formats] }))
    : pass(subject, { detail: reason("layoutsSeen", { layouts }) });
}

/** Unusable blobs and the processors that each one stops (lib/checkpoint-store/README.md#what-stops-whom). */
export function unreadableCheck(store: DiagnosedStore, reading: StoreReading | null): Check {
  const subject = about(store, "unreadableBlobs", "Blobs valid");
  if (reading === null) return skip(subject, reason("storeNotRead"));
  if (groupsOf(reading).length === 0) return skip(subject, reason("noBlobs"));
  const blobs = groupsOf(reading).flatMap((group) => {
    const checkpoints = checkpointsOf(group).flatMap((one) => {
      const fault = faultOf(one);
      return fault === null ? [] : [`${one.blobName}: ${fault}`];
    });
    const { ownerships, misnamed } = stoppingBlobs(group);
    return [
      ...checkpoints,
      ...ownerships.map(({ blobName }) => `${blobName}: it names no owner; it ${stopEverybody(1)}.`),
      ...misnamed.map(
        (name) => `${name}: it is no partition's, and lacks what it has to hold; it ${stopEverybody(1)}.`,
      ),
    ];
  });
  if (blobs.length === 0) return pass(subject, { detail: reason("blobsReadable") });
  const unnamed = groupsOf(reading).reduce((sum, { misnamedMore = 0 }) => sum + misnamedMore, 0);
  return fail(subject, {
    detail: reason("blobsBroken", { blobs: blobs.length + unnamed }),
    remedy: reason("resetPartitions"),
    items: blobs,
  });
}

function faultOf(checkpoint: StoredCheckpoint): string | null {
  const { format, unreadable, offset, sequenceNumber, stopsGroup } = checkpoint;
  const its = stopsGroup
    ? `it ${stopEverybody(1)}`
    : offset === null
      ? "it stops its own partition alone"
      : "processors that start by its offset can go on from it";
  if (unreadable !== null) {
    const whom = format === "common" ? its : "its own host can't take up the partition";
    return `${unreadable}; ${whom}.`;
  }
  // Some .NET versions write none and accept that; other SDKs can't start from it.
  if (format === "common" && offset === null && sequenceNumber !== null) {
    return `it has no offset (.NET 5.10 and 5.11, and Functions extensions 6.0.2 to 6.4, write a blank one); ${its}.`;
  }
  return null;
}

export function duplicatesCheck(store: DiagnosedStore, reading: StoreReading | null): Check {
  const subject = about(store, "duplicateTrees", "One checkpoint per partition");
  if (reading === null) return skip(subject, reason("storeNotRead"));
  if (!groupsOf(reading).some(({ checkpoints }) => checkpoints.size > 0)) {
    return skip(subject, reason("noCheckpoints"));
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
      detail: reason("checkpointsStandOnce", { trees }),
      items: trees,
    });
  }
  return warn(subject, {
    detail: reason("checkpointsStandTwice", { groups: several.map(({ name }) => name) }),
    remedy: reason("useOneKind"),
    items: several.flatMap(({ superseded }) => superseded.map(({ blobName }) => blobName)),
  });
}
