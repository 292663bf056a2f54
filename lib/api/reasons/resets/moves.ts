import { z } from "zod";
import { formatCount, plural } from "#lib/core/figures.ts";
import { declare, sequenceNumber, withinSchema } from "../declare.ts";

const stopBoth = "Stop the processors of both sides, then make a new plan.";
const blob = { blobName: z.string() };

export const moveReasons = {
  sourceUnknown: declare(
    { because: withinSchema },
    {
      meaning: "The partition has no checkpoint that can be moved.",
      remedy: "Reset this partition of the target group to where it is to go on.",
      sentence: ({ because }, say) => `There is no position to move. ${say(because)}`,
    },
  ),
  sourceInTheWay: declare(
    { because: withinSchema },
    {
      meaning:
        "Somebody reads the partition in the group that is moved from. A live move is not offered: what is processed meanwhile would be read again.",
      remedy: stopBoth,
      sentence: ({ because }, say) => `The group that is moved from is not stopped. ${say(because)}`,
    },
  ),
  sourceChanged: declare(
    { because: withinSchema },
    {
      meaning: "The checkpoint that was to be moved has changed, or its group is not stopped any more.",
      remedy: stopBoth,
      sentence: ({ because }, say) => `Where it was to be moved from: ${say(because)}`,
    },
  ),
  sourceHasNoPartition: declare(
    { partitions: z.number() },
    {
      meaning:
        "The hub that is moved from has no partition of this id, so nothing is known of where to go on.",
      remedy: "Reset this partition of the target group to where it is to go on.",
      sentence: ({ partitions }) =>
        `The hub that is moved from has ${plural(partitions, "partition")}, and none of this id: nothing is known of where to go on. Reset this partition to where it is to go on.`,
    },
  ),
  processedEventGone: declare(
    { sequenceNumber },
    {
      meaning: "The last processed event has left the stream of its hub, and its enqueued time went with it.",
      remedy: "Reset this partition of the target group to a time.",
      sentence: ({ sequenceNumber: at }) =>
        `Event ${formatCount(at)}, the last one processed, has left the stream of its hub, so its enqueued time is not known. Reset this partition to a time.`,
    },
  ),
  partitionsLeftBehind: declare(
    { partitionIds: z.array(z.string()), partitions: z.number() },
    {
      meaning: "The hub that is moved from has partitions that this hub lacks; they are not moved.",
      remedy: "Let the old group finish reading those partitions.",
      sentence: ({ partitionIds, partitions }) =>
        `The hub that is moved from has ${plural(partitionIds.length, "partition")} that this hub of ${formatCount(partitions)} lacks: ${partitionIds.length === 1 ? "it is" : "they are"} not moved. Let the old group finish reading there.`,
    },
  ),
  byTimeAlone: declare(
    {},
    {
      meaning:
        "Positions of one hub mean nothing on another, so the move goes by enqueued time. The hubs' clocks and copied events decide what is read twice.",
      remedy: null,
      sentence: () =>
        "Positions mean nothing on another hub, so the move goes by the time when events were enqueued. Events that were copied from the old hub have the time of their copy here: those copied later are read again.",
    },
  ),
  unreadAtSource: declare(
    { events: z.number() },
    {
      meaning:
        "The group has not read all events of the hub that is moved from; the target does not hold them.",
      remedy: "Let the old group finish first if these events count.",
      sentence: ({ events }) =>
        `${plural(events, "event")} of the old hub ${events === 1 ? "was" : "were"} not processed yet, and can't be read here unless copied. Let the old group finish first if ${events === 1 ? "it counts" : "they count"}.`,
    },
  ),
  targetOccupied: declare(
    { ...blob, sequenceNumber: sequenceNumber.nullable() },
    {
      meaning: "Another checkpoint of this partition stands at the target already.",
      remedy: "Name the partition in `overwrite` to replace it.",
      sentence: ({ blobName, sequenceNumber: at }) =>
        `The target has a checkpoint already (${at === null ? "unreadable" : formatCount(at)}, in ${blobName}). It is replaced only if you choose so for this partition.`,
    },
  ),
  functionsFallback: declare(
    { oldBlobName: z.string(), newBlobName: z.string(), isNewThere: z.boolean() },
    {
      meaning:
        "Azure Functions read the old JSON layout where the common checkpoint is missing, so the move changes which of the two counts.",
      remedy: null,
      sentence: ({ oldBlobName, newBlobName, isNewThere }) =>
        `For Azure Functions with extension 5 and later ${isNewThere ? newBlobName : oldBlobName} counts now, and ${newBlobName} after the move. Earlier extensions read ${oldBlobName} alone, now and after.`,
    },
  ),
  madeByMove: declare(
    {},
    {
      meaning: "There was no checkpoint before the move, so its undo deletes the one that it made.",
      remedy: null,
      sentence: () => "There was no checkpoint before the move: the one that it made is deleted.",
    },
  ),
  moveTouched: declare(blob, {
    meaning: "The checkpoint that the move made was written since, or is gone, so it is not deleted.",
    remedy: "If nobody needs it any more, clean it up.",
    sentence: ({ blobName }) =>
      `There was no checkpoint before the move, and ${blobName} was written since or is gone: it is left as it is.`,
  }),
};
