import { z } from "zod";
import { byNumber, formatCount, plural } from "#lib/core/figures.ts";
import { listed } from "../checks/checks.ts";
import { count, declare, partitionIds, sequenceNumber, time } from "../declare.ts";
import { moment } from "../moment.ts";
import { stopEverybody } from "../whom-blobs-stop.ts";
import { clampReasons } from "./clamps.ts";

const mostNamed = 12;

export const planWarningReasons = {
  ...clampReasons,
  unchanged: declare(
    {},
    {
      meaning:
        "The partition stands at the target already. Told by earlier versions; such partitions are no longer listed.",
      remedy: null,
      sentence: () => "The partition is already there: the reset does not change it.",
    },
  ),
  checkpointCreated: declare(
    {},
    {
      meaning: "There is no checkpoint yet; the reset creates one, and an undo never deletes it.",
      remedy: null,
      sentence: (_, __, { noun }) =>
        `There is no checkpoint yet. The ${noun} creates one, and an undo can't remove it.`,
    },
  ),
  checkpointRepaired: declare(
    { fault: z.string() },
    {
      meaning: "The checkpoint can't be used as it is; the reset repairs it.",
      remedy: null,
      sentence: ({ fault }, _, { noun }) => `The checkpoint can't be used: ${fault}. The ${noun} repairs it.`,
    },
  ),
  eventsLost: declare(
    { lostEvents: count },
    {
      meaning: "Events left the stream before the group processed them; no reset brings them back.",
      remedy: null,
      sentence: ({ lostEvents }) =>
        `${plural(lostEvents, "event")} ${lostEvents === 1 ? "was" : "were"} lost before the group processed ${lostEvents === 1 ? "it" : "them"}.`,
    },
  ),
  newerCheckpointElsewhere: declare(
    { blobName: z.string(), writtenBlobName: z.string() },
    {
      meaning: "A newer checkpoint stands in a blob that the group's processors have moved away from.",
      remedy: null,
      sentence: ({ blobName, writtenBlobName }, _, { noun }) =>
        `The newest checkpoint of this partition is in ${blobName}, but the group's processors now use ${writtenBlobName}. The ${noun} writes that one and does not change the other.`,
    },
  ),
  olderCheckpointElsewhere: declare(
    { blobName: z.string() },
    {
      meaning: "An older checkpoint of this partition stands in another blob, and is left alone.",
      remedy: null,
      sentence: ({ blobName }, _, { noun }) =>
        `An older checkpoint of this partition is also in ${blobName}. The ${noun} does not change it.`,
    },
  ),
  eventMissing: declare(
    { sequenceNumber, nextSequenceNumber: sequenceNumber },
    {
      meaning: "The target's event is missing in the stream; reading resumes with the next one.",
      remedy: null,
      sentence: (at) =>
        `Event ${formatCount(at.sequenceNumber)} is missing: the next one is ${formatCount(at.nextSequenceNumber)}.`,
    },
  ),
  offsetCorrected: declare(
    {},
    {
      meaning: "The stored checkpoint holds another offset than its event has; the event's own is written.",
      remedy: null,
      sentence: (_, __, { noun }) =>
        `The stored offset is not that event's. The ${noun} writes the event's own.`,
    },
  ),
  ownerStalled: declare(
    { ownerId: z.string(), checkpoints: count, sequenceNumber: sequenceNumber.nullable(), since: time },
    {
      meaning:
        "The partition's owner has made no progress since. `checkpoints`: how many of its last ones stand at the same position, up to the 10 that are kept; 0: it stored none. Its handler may go on storing it over a live reset.",
      remedy: "Stop that processor, and reset offline. Or restart it while the live reset runs.",
      sentence: ({ ownerId, checkpoints, sequenceNumber: at, since }, _, { noun }) => {
        const stuck =
          checkpoints === 0
            ? `has stored no checkpoint since ${moment(since)}`
            : `keeps storing ${at === null ? "the same position" : formatCount(at)} (${checkpoints === 1 ? "the last checkpoint" : `the last ${checkpoints} checkpoints`}, no progress since ${moment(since)})`;
        const risk = checkpoints === 0 ? "may not resume after a live" : "will probably overwrite a live";
        const safe = noun === "undo" ? "stop it first" : `stop it, then ${noun} offline`;
        return `The owner ${ownerId} is stalled: it ${stuck}. While its handler hangs, it ${risk} ${noun}. The safe way: ${safe}.`;
      },
    },
  ),
  writeUncertain: declare(
    {},
    {
      meaning: "It is not known whether what is to be undone wrote this partition.",
      remedy: null,
      sentence: () => "It is not known whether this partition was written, which is to be undone.",
    },
  ),
  formerPassed: declare(
    { replays: count },
    {
      meaning:
        "The group has processed all events up to its former position and more, so an undo only has it read `replays` events again.",
      remedy: "Leave it as it is, unless those events are to be processed again.",
      sentence: ({ replays }) =>
        `The group has already passed its former position: the undo only reads ${plural(replays, "event")} again.`,
    },
  ),
  checkpointsUnreadable: declare(
    { partitionIds },
    {
      meaning:
        "Checkpoints that the plan does not repair can't be read, and stop processors on all partitions.",
      remedy: "Reset those partitions as well.",
      sentence: ({ partitionIds: ids }, _, { noun }) =>
        ids.length === 1
          ? `The checkpoint of ${partitionsIn(ids)} is unreadable and not part of this ${noun}: it ${stopEverybody(1)}. Reset it as well.`
          : `The checkpoints of ${partitionsIn(ids)} are unreadable and not part of this ${noun}: they ${stopEverybody(ids.length)}. Reset them as well.`,
    },
  ),
  ownershipsNameless: declare(
    { partitionIds },
    {
      meaning:
        "Ownership blobs without an owner id stop processors on all partitions; the plan does not touch them.",
      remedy: "Give the blob's metadata an empty `ownerid`.",
      sentence: ({ partitionIds: ids }, _, { noun }) =>
        ids.length === 1
          ? `The ownership blob of ${partitionsIn(ids)} names no owner: it ${stopEverybody(1)}. The ${noun} does not change it. Give its metadata an empty ownerid.`
          : `The ownership blobs of ${partitionsIn(ids)} name no owner: they ${stopEverybody(ids.length)}. The ${noun} does not change them. Give their metadata an empty ownerid.`,
    },
  ),
  blobsOfNoPartition: declare(
    { blobNames: z.array(z.string()) },
    {
      meaning:
        "Invalid blobs of no partition that the event hub has stop processors on all partitions; the plan does not repair them.",
      remedy: "Clean up the group.",
      sentence: ({ blobNames: names }, _, { noun }) =>
        names.length === 1
          ? `The event hub has no partition for the invalid blob ${listed(names)}: it ${stopEverybody(1)}. The ${noun} does not change it. Clean up the group.`
          : `The event hub has no partition for the invalid blobs ${listed(names)}: they ${stopEverybody(names.length)}. The ${noun} does not change them. Clean up the group.`,
    },
  ),
  fileNamesOthers: declare(
    { partitions: count },
    {
      meaning: "The imported file names partitions that this event hub does not have; they are left out.",
      remedy: null,
      sentence: ({ partitions }) =>
        `The imported file names ${partitions === 1 ? "a partition" : plural(partitions, "partition")} that this event hub does not have; ${partitions === 1 ? "it is" : "they are"} left out.`,
    },
  ),
  partitionsGone: declare(
    { partitions: count },
    {
      meaning: "Partitions that were written are no longer there, so they are not undone.",
      remedy: null,
      sentence: ({ partitions }) =>
        `${formatCount(partitions)} of the partitions to be undone no longer ${partitions === 1 ? "exists" : "exist"}.`,
    },
  ),
};

function partitionsIn(ids: readonly string[]): string {
  const sorted = ids.toSorted(byNumber.compare);
  if (sorted.length === 1) return `partition ${sorted[0]}`;
  const named = sorted.slice(0, mostNamed).join(", ");
  return sorted.length > mostNamed ? `${sorted.length} partitions (${named} …)` : `the partitions ${named}`;
}
