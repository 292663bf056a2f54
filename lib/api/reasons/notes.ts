import { z } from "zod";
import { formatCount, formatDuration, plural } from "#lib/core/figures.ts";
import { listed } from "./checks/checks.ts";
import { count, declare, seconds, sequenceNumber, time } from "./declare.ts";
import { moment } from "./moment.ts";
import { stopEverybody } from "./whom-blobs-stop.ts";

const names = z.array(z.string());
const places = {
  partitions: count,
  layouts: names,
  isRespelled: z.boolean(),
};

export const noteReasons = {
  awaitingFirstEvent: declare(
    { partitions: count },
    {
      meaning: "Partitions have an owner and no checkpoint, and no event was enqueued since the owner came.",
      remedy: null,
      sentence: ({ partitions }) =>
        `${plural(partitions, "partition")} ${partitions === 1 ? "has" : "have"} an owner and no checkpoint. No event has arrived since, so none is due: the status is known after the next event.`,
    },
  ),
  partitionsNotResumed: declare(
    { partitions: count, writtenAt: time, nextSequenceNumber: sequenceNumber },
    {
      meaning:
        "A reset wrote the checkpoints of partitions that processors own again, and no checkpoint has followed although events wait. `writtenAt`: the oldest of them. `nextSequenceNumber`: the next event of the first partition.",
      remedy:
        "Read the next event, and look in the processor's log for the number of the event that fails: it may be a later one of the batch.",
      sentence: ({ partitions, writtenAt, nextSequenceNumber }) => {
        const [they, event] =
          partitions === 1
            ? ["1 partition has", `event ${formatCount(nextSequenceNumber)}`]
            : [`${formatCount(partitions)} partitions have`, "their next event"];
        return `${they} not resumed since the reset at ${moment(writtenAt)}: no checkpoint has followed it. The handler may fail on ${event} or a later one of its batch: read that event, and look in the processor's log.`;
      },
    },
  ),
  contestedCheckpoints: declare(
    { ...places, expirationSeconds: seconds },
    {
      meaning:
        "More than one checkpoint of a partition moves: two kinds of processors run, and resets have to wait.",
      remedy: "Stop one kind of processor.",
      sentence: ({ expirationSeconds, ...several }) =>
        `${checkpointsOf(several.partitions)} moved in ${placesOf(several)} within the last ${formatDuration(expirationSeconds)}: two kinds of processors run in this group. The newest checkpoint counts. A reset has to wait until one kind stops.`,
    },
  ),
  severalCheckpoints: declare(places, {
    meaning: "Partitions also have older checkpoints in other layouts or spellings; the newest counts.",
    remedy: null,
    sentence: (several) =>
      `${checkpointsOf(several.partitions)} are also in ${placesOf(several)}. The newest of each partition counts.`,
  }),
  severalStores: declare(
    { owners: count, others: z.array(z.object({ store: z.string(), owners: count })) },
    {
      meaning: "The group has active owners in more than one store, which do not see each other.",
      remedy: "Point all processors at one store.",
      sentence: ({ owners, others }) =>
        `Processors of this group run in another store too: here ${plural(owners, "owner")}, in ${others.map((other) => `${other.store} (${plural(other.owners, "owner")})`).join(", ")}. They do not see each other's claims, so events are processed twice. Point all of them at one store.`,
    },
  ),
  blockingBlobs: declare(
    { checkpointBlobs: names, ownershipBlobs: names, goneBlobs: names, misnamedBlobs: names },
    {
      meaning:
        "Blobs stop processors of the group on all partitions. `goneBlobs`: the hub lacks the partition. `misnamedBlobs`: no partition has such a name.",
      remedy:
        "Reset the checkpoints, and clean up the group: that repairs the ownerships and deletes the blobs of gone partitions and those that have no partition's name.",
      sentence: ({ checkpointBlobs, ownershipBlobs, goneBlobs, misnamedBlobs }) =>
        [
          blocking(checkpointBlobs.length + ownershipBlobs.length + goneBlobs.length + misnamedBlobs.length),
          ...(checkpointBlobs.length === 0
            ? []
            : [`With the group stopped, reset the partitions of ${blobs(checkpointBlobs)}.`]),
          ...(ownershipBlobs.length === 0
            ? []
            : [`Clean up the group: that repairs ${blobs(ownershipBlobs)}.`]),
          ...(goneBlobs.length === 0 ? [] : [`Clean up ${blobs(goneBlobs)}: the hub has no such partition.`]),
          ...(misnamedBlobs.length === 0
            ? []
            : [`Clean up ${blobs(misnamedBlobs)}: no partition has such a name.`]),
        ].join(" "),
    },
  ),
  blockedPartitions: declare(
    { checkpoints: count },
    {
      meaning:
        "Checkpoints hold no position that JavaScript processors can start at; each stops its own partition.",
      remedy: "Reset those partitions with the group stopped.",
      sentence: ({ checkpoints }) =>
        checkpoints === 1
          ? `A checkpoint holds ${noPosition}. It stops only its own partition. Reset that partition with the group stopped.`
          : `${formatCount(checkpoints)} checkpoints hold ${noPosition}. Each stops only its own partition. Reset those partitions with the group stopped.`,
    },
  ),
};

const noPosition =
  "no position that JavaScript processors can start at, such as a blank offset (.NET 5.10 and 5.11 write one)";

function blocking(all: number): string {
  const they = all === 1 ? "An invalid blob" : "Invalid blobs";
  return `${they} ${stopEverybody(all)}: each lists all blobs of its group.`;
}

function checkpointsOf(partitions: number): string {
  return partitions === 1
    ? "The checkpoint of 1 partition"
    : `The checkpoints of ${formatCount(partitions)} partitions`;
}

function placesOf({ layouts, isRespelled }: { layouts: readonly string[]; isRespelled: boolean }): string {
  return [
    ...(layouts.length > 1 ? [`more than one layout (${layouts.join(", ")})`] : []),
    ...(isRespelled ? ["more than one spelling of the names"] : []),
  ].join(" and ");
}

function blobs(all: readonly string[]): string {
  return `the blob${all.length === 1 ? "" : "s"} ${listed(all)}`;
}
