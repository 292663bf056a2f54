import { z } from "zod";
import { formatCount, formatDuration } from "#lib/core/figures.ts";
import { declare, ownerId, seconds, sequenceNumber, time, withinSchema } from "../declare.ts";
import { moment } from "../moment.ts";

const again = "Make a new plan.";
const stopThem = "Stop the group's processors, then make a new plan.";
const compare = "Compare the checkpoint with what was to be written.";

const foundSchema = z.union([sequenceNumber, z.enum(["unreadable", "other"])]);

function foundText(found: z.infer<typeof foundSchema>): string {
  if (typeof found === "number") return formatCount(found);
  return found === "unreadable" ? "an unreadable checkpoint" : "another position or owner";
}

export const writeReasons = {
  hubRecreatedSincePlan: declare(
    {},
    {
      meaning: "The event hub was re-created after the plan was made.",
      remedy: again,
      sentence: () =>
        `The event hub was re-created after the plan was made, so its positions are no longer valid. ${again}`,
    },
  ),
  partitionUnread: declare(
    { because: withinSchema },
    {
      meaning: "Nothing was written, since the partition could not be read.",
      remedy: again,
      sentence: ({ because }, say) => `Nothing was written: the partition could not be read. ${say(because)}`,
    },
  ),
  partitionGone: declare(
    {},
    {
      meaning: "The event hub has no such partition any more.",
      remedy: again,
      sentence: () => "The event hub no longer has this partition.",
    },
  ),
  nextEventExpired: declare(
    { sequenceNumber, beginningSequenceNumber: sequenceNumber },
    {
      meaning: "The event that was to be read next has left the stream since the plan was made.",
      remedy: again,
      sentence: (at) =>
        `Event ${formatCount(at.sequenceNumber)}, the next to read, is no longer in the stream, which now begins at ${formatCount(at.beginningSequenceNumber)}. ${again}`,
    },
  ),
  targetEventExpired: declare(
    { sequenceNumber, beginningSequenceNumber: sequenceNumber },
    {
      meaning: "The event of the new checkpoint has left the stream since the plan was made.",
      remedy: again,
      sentence: (at) =>
        `Event ${formatCount(at.sequenceNumber)}, the new checkpoint, is no longer in the stream, which now begins at ${formatCount(at.beginningSequenceNumber)}. ${again}`,
    },
  ),
  targetPastEnd: declare(
    { sequenceNumber, lastSequenceNumber: sequenceNumber },
    {
      meaning: "The stream ends before the target now.",
      remedy: again,
      sentence: (at) =>
        `The stream now ends at event ${formatCount(at.lastSequenceNumber)}, before the target ${formatCount(at.sequenceNumber)}. ${again}`,
    },
  ),
  checkpointDeleted: declare(
    {},
    {
      meaning: "The checkpoint was deleted after the plan was made.",
      remedy: again,
      sentence: () => `The checkpoint was deleted after the plan was made. ${again}`,
    },
  ),
  checkpointAppeared: declare(
    {},
    {
      meaning: "A checkpoint was created after the plan was made: somebody processes this partition.",
      remedy: stopThem,
      sentence: () => "A checkpoint was created after the plan was made: this partition is being processed.",
    },
  ),
  checkpointMoved: declare(
    { updatedAt: time },
    {
      meaning: "The checkpoint was written after the plan was made: somebody processes this partition.",
      remedy: stopThem,
      sentence: ({ updatedAt }) =>
        `The checkpoint was written after the plan was made (${moment(updatedAt)}): this partition is being processed. ${stopThem}`,
    },
  ),
  movedByReset: declare(
    { updatedAt: time },
    {
      meaning:
        "Another reset, move or undo wrote the checkpoint after the plan was made, on this dashboard or another.",
      remedy: again,
      sentence: ({ updatedAt }) =>
        `Another reset, move or undo wrote the checkpoint after the plan was made (${moment(updatedAt)}). ${again}`,
    },
  ),
  blobLeased: declare(
    {},
    {
      meaning: "The blob is leased, by a running processor of an older layout or by a storage tool.",
      remedy: "Stop the group's processors, or end the tool's lease. Then make a new plan.",
      sentence: () =>
        "The blob is leased, by a running processor of an older layout or by a storage tool. Stop the processor, or end the lease.",
    },
  ),
  rivalMoves: declare(
    { blobName: z.string() },
    {
      meaning: "Another checkpoint of this partition moves: two kinds of processors are at work.",
      remedy: stopThem,
      sentence: ({ blobName }) =>
        `Another checkpoint of this partition moves, in ${blobName}: two kinds of processors are running.`,
    },
  ),
  ownedNow: declare(
    { ownerId, renewedSecondsAgo: seconds },
    {
      meaning: "A processor owns the partition now and would write over what is written.",
      remedy: stopThem,
      sentence: (owner, _, { risk }) =>
        `${owner.ownerId === null ? "An unnamed processor" : `The processor ${owner.ownerId}`} owns the partition (renewed ${formatDuration(owner.renewedSecondsAgo)} before the write) and ${risk}. ${stopThem}`,
    },
  ),
  rivalAppeared: declare(
    { blobName: z.string() },
    {
      meaning: "Another checkpoint of this partition was created after the plan was made.",
      remedy: again,
      sentence: ({ blobName }) =>
        `Another checkpoint of this partition was created after the plan was made, in ${blobName}. ${again}`,
    },
  ),
  rivalWritten: declare(
    { blobName: z.string() },
    {
      meaning: "Another checkpoint of this partition was written after the plan was made.",
      remedy: again,
      sentence: ({ blobName }) =>
        `Another checkpoint of this partition was written after the plan was made, in ${blobName}. ${again}`,
    },
  ),
  rivalDeleted: declare(
    { blobName: z.string() },
    {
      meaning: "Another checkpoint of this partition was deleted after the plan was made.",
      remedy: again,
      sentence: ({ blobName }) =>
        `Another checkpoint of this partition, ${blobName}, was deleted after the plan was made. ${again}`,
    },
  ),
  groupMoved: declare(
    { blobName: z.string(), plannedBlobName: z.string() },
    {
      meaning: "The group's processors use another blob by now than the plan is for.",
      remedy: again,
      sentence: ({ blobName, plannedBlobName }) =>
        `The group's processors now use ${blobName}, but the plan is for ${plannedBlobName}. ${again}`,
    },
  ),
  nothingWritten: declare(
    { because: withinSchema },
    {
      meaning: "Nothing was written on this partition.",
      remedy: again,
      sentence: ({ because }, say) => `Nothing was written. ${say(because)}`,
    },
  ),
  notTriedAgain: declare(
    { because: withinSchema, notAgainBecause: withinSchema },
    {
      meaning: "The write failed, and by then something stood in the way of another try.",
      remedy: again,
      sentence: ({ because, notAgainBecause }, say) =>
        `Nothing was written. ${say(because)} It was not tried again. ${say(notAgainBecause)}`,
    },
  ),
  writeRefused: declare(
    { condition: z.string() },
    {
      meaning: "The service refused the write, since the blob was not as the plan had seen it.",
      remedy: again,
      sentence: ({ condition }) => `The write was refused: ${condition}.`,
    },
  ),
  writeUnknown: declare(
    { because: withinSchema },
    {
      meaning: "It is not known whether the partition was written, and the blob could not be looked at.",
      remedy: compare,
      sentence: ({ because }, say) =>
        `It is unknown whether it was written: the blob could not be read. ${say(because)}`,
    },
  ),
  checkpointDeletedMeanwhile: declare(
    {},
    {
      meaning: "The checkpoint was deleted meanwhile, and was not created again.",
      remedy: again,
      sentence: (_, __, { noun }) => `The checkpoint was deleted during the ${noun} and not created again.`,
    },
  ),
  checkpointDeletedSince: declare(
    {},
    {
      meaning: "The checkpoint was deleted afterwards.",
      remedy: again,
      sentence: () => "The checkpoint was deleted afterwards.",
    },
  ),
  writtenByOther: declare(
    { found: foundSchema },
    {
      meaning: "Somebody wrote the checkpoint at the same moment; it was left as it is.",
      remedy: stopThem,
      sentence: ({ found }) =>
        `Another writer changed the checkpoint at the same moment (${foundText(found)}). Nothing was written.`,
    },
  ),
  writtenByReset: declare(
    { found: foundSchema },
    {
      meaning: "Another reset, move or undo wrote the checkpoint at the same moment; it was left as it is.",
      remedy: again,
      sentence: ({ found }) =>
        `Another reset, move or undo wrote the checkpoint at the same moment (${foundText(found)}). Nothing was written. ${again}`,
    },
  ),
  writtenSince: declare(
    { found: foundSchema },
    {
      meaning: "Somebody has written the checkpoint since.",
      remedy: compare,
      sentence: ({ found }) => `The checkpoint was changed afterwards (${foundText(found)}).`,
    },
  ),
  answerLost: declare(
    { found: foundSchema },
    {
      meaning: "No answer came to the write, and somebody has written the checkpoint since.",
      remedy: compare,
      sentence: ({ found }) =>
        `The write got no answer, and the checkpoint was changed afterwards (${foundText(found)}): it is unknown whether the write arrived.`,
    },
  ),
  claimedAtWrite: declare(
    { ownerId: z.string() },
    {
      meaning:
        "A processor claimed the partition at the moment of the write; it may go on from the old position.",
      remedy: "Watch for `overwritten`.",
      sentence: (owner) =>
        `The processor ${owner.ownerId} claimed the partition at the moment of the write. It may continue from the old position, and is watched.`,
    },
  ),
  claimedAtDeletion: declare(
    { ownerId: z.string(), blobName: z.string() },
    {
      meaning: "A processor claimed the partition at the moment of the deletion; it may have read the blob.",
      remedy: "Look where the processor continues. To restore the blob, stop the processor and undo.",
      sentence: ({ ownerId, blobName }) =>
        `The processor ${ownerId} claimed the partition at the moment when ${blobName} was deleted. It may have read that blob.`,
    },
  ),
  claimedAtRestoring: declare(
    { ownerId: z.string(), blobName: z.string() },
    {
      meaning:
        "A processor claimed the partition at the moment when the blob was written; it may not have read it.",
      remedy: "Restart the processor, so that it reads the blob.",
      sentence: ({ ownerId, blobName }) =>
        `The processor ${ownerId} claimed the partition at the moment when ${blobName} was written. It may have started without reading that blob.`,
    },
  ),
  writtenAtDeletion: declare(
    { blobName: z.string(), updatedAt: time },
    {
      meaning: "Somebody wrote the blob again right after it was deleted, so somebody is at work there.",
      remedy: "Find out who writes it. Nothing was done to the new blob.",
      sentence: ({ blobName, updatedAt }) =>
        `${blobName} was deleted, and somebody wrote it again at ${moment(updatedAt)}.`,
    },
  ),
  arrivedLate: declare(
    {},
    {
      meaning: "A write that had been given up has arrived after all.",
      remedy: null,
      sentence: () => "The write arrived late, after it had been given up.",
    },
  ),
};
