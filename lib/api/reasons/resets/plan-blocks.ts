import { z } from "zod";
import { formatAgo, formatCount, formatDuration } from "#lib/core/figures.ts";
import { count, declare, ownerId, seconds, sequenceNumber, withinSchema } from "../declare.ts";

const stopThem = "Stop the group's processors.";
const stopOne = "Two kinds of processors are running: stop at least one.";
const targetRemedy = "Choose another target for this partition.";

export const planBlockReasons = {
  partitionOwned: declare(
    {
      ownerId,
      renewedSecondsAgo: seconds.nullable(),
      leasedBlob: z.string().nullable(),
      /** When the ownership expires unless renewed. Null: a blob lease does not tell. */
      expiresInSeconds: seconds.nullable(),
    },
    {
      meaning: "A running processor owns the partition and would write over what is written offline.",
      remedy: "Stop the group's processors and wait `expiresInSeconds`; a reset may go live instead.",
      sentence: (owner, _, { risk }) => {
        const who = owner.ownerId === null ? "An unnamed processor" : `The processor ${owner.ownerId}`;
        const how =
          owner.leasedBlob === null
            ? `last renewed ${formatAgo(owner.renewedSecondsAgo ?? 0)}`
            : `it holds the lease of ${owner.leasedBlob}`;
        return `${who} owns this partition (${how}) and ${risk}. ${stopThem}`;
      },
    },
  ),
  ownedTwice: declare(
    { blobNames: z.array(z.string()) },
    {
      meaning: "The partition is owned in two ownership blobs at once, by two kinds of processors.",
      remedy: "Stop at least one kind.",
      sentence: ({ blobNames }) => `This partition is owned in ${blobNames.join(" and in ")}. ${stopOne}`,
    },
  ),
  heldByReset: declare(
    { retryAfterSeconds: seconds },
    {
      meaning: "Another live reset holds the partition, or left it held when its dashboard died.",
      remedy: "Wait until that reset ends; if none runs, wait `retryAfterSeconds`.",
      sentence: ({ retryAfterSeconds }) =>
        `Another live reset holds this partition, or left it held when its dashboard died. Wait until it ends. If none runs, check again in ${formatDuration(retryAfterSeconds)}.`,
    },
  ),
  checkpointContested: declare(
    { blobNames: z.array(z.string()) },
    {
      meaning: "The partition's checkpoint moves in more than one blob: two kinds of processors are at work.",
      remedy: "Stop at least one kind.",
      sentence: ({ blobNames }) =>
        `The checkpoint of this partition moves in ${blobNames.join(" and in ")}. ${stopOne}`,
    },
  ),
  checkpointJustWritten: declare(
    { writtenSecondsAgo: seconds, retryAfterSeconds: seconds },
    {
      meaning:
        "The checkpoint was written a moment ago although nobody owns the partition: by a processor that has just stopped, or by a reader without load balancing.",
      remedy: "Stop such a reader; if there is none, wait `retryAfterSeconds`.",
      sentence: ({ writtenSecondsAgo, retryAfterSeconds }) =>
        `The checkpoint was written ${formatAgo(writtenSecondsAgo)}, but the partition has no owner. If a reader without load balancing is running, stop it. If a processor has just stopped, check again in ${formatDuration(retryAfterSeconds)}.`,
    },
  ),
  layoutNotLive: declare(
    { format: z.string().nullable() },
    {
      meaning: "Only the common layout can be reset while processors run, and this checkpoint is of another.",
      remedy: "Stop the group's processors, and reset it offline.",
      sentence: ({ format }) =>
        `Only checkpoints of the common layout can be reset live${format === null ? "" : `, and this one has the layout ${format}`}. Stop the group's processors and reset it offline.`,
    },
  ),
  layoutNeedsProcessor: declare(
    {},
    {
      meaning: "There is no checkpoint yet, and in the group's layout only its processors can create one.",
      remedy: "Start the processors once, stop them, and make a new plan.",
      sentence: () =>
        "There is no checkpoint yet, and only processors can create one in this group's layout. Start them once, stop them, and make a new plan.",
    },
  ),
  checkpointGone: declare(
    { blobName: z.string() },
    {
      meaning: "The checkpoint's blob was deleted while the plan was made.",
      remedy: "Make a new plan.",
      sentence: ({ blobName }) => `The checkpoint ${blobName} is gone. Make a new plan.`,
    },
  ),
  checkpointNotRewritable: declare(
    { blobName: z.string(), fault: z.string() },
    {
      meaning: "The blob's content is so broken that a position can't be put into it.",
      remedy: "Let the group's own processors repair it.",
      sentence: ({ blobName, fault }) =>
        `The checkpoint ${blobName} can't be rewritten: ${fault}. Only its processors can repair it.`,
    },
  ),
  positionNotWritable: declare(
    { fault: z.string() },
    {
      meaning: "The service reports a position that must not be written as a checkpoint.",
      remedy: targetRemedy,
      sentence: ({ fault }) => `The checkpoint for this target can't be written: ${fault}.`,
    },
  ),
  timeUnknown: declare(
    {},
    {
      meaning: "The target's time is not known.",
      remedy: targetRemedy,
      sentence: () => "The time is not known.",
    },
  ),
  nothingToShiftFrom: declare(
    { because: withinSchema },
    {
      meaning: "The target shifts from the group's position, and it has none here.",
      remedy: targetRemedy,
      sentence: ({ because }, say) => `There is no position to shift from. ${say(because)}`,
    },
  ),
  otherGroupUnknown: declare(
    { group: z.string(), because: withinSchema },
    {
      meaning: "The target is another group's position, and that group has none here.",
      remedy: targetRemedy,
      sentence: ({ group, because }, say) =>
        `The consumer group ${group} has no position on this partition. ${say(because)}`,
    },
  ),
  notInFile: declare(
    {},
    {
      meaning: "The imported file says nothing about this partition.",
      remedy: "Add the partition to the file, or choose another target for it.",
      sentence: () => "The imported file says nothing about this partition.",
    },
  ),
  hubRecreated: declare(
    {},
    {
      meaning: "The event hub was re-created since what is to be undone, so its positions mean nothing now.",
      remedy: targetRemedy,
      sentence: () => "The event hub was re-created since, so the former positions are no longer valid.",
    },
  ),
  noCheckpointBefore: declare(
    {},
    {
      meaning: "The reset created this checkpoint, and an undo never deletes one.",
      remedy: targetRemedy,
      sentence: () => "There was no checkpoint before the reset. An undo never deletes one.",
    },
  ),
  formerUnusable: declare(
    { format: z.string() },
    {
      meaning: "The former checkpoint was not usable, so it is not restored.",
      remedy: targetRemedy,
      sentence: ({ format }) => `The former checkpoint (${format}) was not usable, so it is not restored.`,
    },
  ),
  formerOfOldHub: declare(
    {},
    {
      meaning: "The former checkpoint is older than the event hub, which was re-created.",
      remedy: targetRemedy,
      sentence: () =>
        "The former checkpoint is older than the event hub, which was re-created, so it is not restored.",
    },
  ),
  formerPastEnd: declare(
    { sequenceNumber, lastSequenceNumber: sequenceNumber },
    {
      meaning: "The former checkpoint was past the last event, so it is not restored.",
      remedy: targetRemedy,
      sentence: (at) =>
        `The former checkpoint (${formatCount(at.sequenceNumber)}) was past the last event (${formatCount(at.lastSequenceNumber)}), so it is not restored.`,
    },
  ),
  lastEventUnread: declare(
    { sequenceNumber },
    {
      meaning: "The last event has to be read for this target, and could not be.",
      remedy: "Try again, or choose Earliest.",
      sentence: (event) => `The last event (${formatCount(event.sequenceNumber)}) could not be read.`,
    },
  ),
  eventGone: declare(
    { sequenceNumber },
    {
      meaning: "The event is no longer in the stream, and its offset was not stored.",
      remedy: "Choose Earliest or Latest.",
      sentence: (event) =>
        `Event ${formatCount(event.sequenceNumber)} is no longer in the stream, and its offset was not stored.`,
    },
  ),
  nothingChanges: declare(
    { partitions: count },
    {
      meaning: "Every partition is already at the target, or as close to it as its stream allows.",
      remedy: null,
      sentence: ({ partitions }) =>
        partitions === 1
          ? "The partition is already there: nothing would change."
          : `All ${formatCount(partitions)} partitions are already there: nothing would change.`,
    },
  ),
  formerOffsetRefused: declare(
    { sequenceNumber, offset: z.string() },
    {
      meaning:
        "The event hub takes no such offset as the former checkpoint has, and its event can't be read to learn its own.",
      remedy: "Choose Earliest or Latest.",
      sentence: (former) =>
        `The former checkpoint (${formatCount(former.sequenceNumber)}) has the offset "${former.offset}", which this event hub refuses. Its event can't be read to find the right one.`,
    },
  ),
  eventsNotReadable: declare(
    {},
    {
      meaning: "An event has to be read for this target, and the group's running processors prevent it.",
      remedy: "Create a consumer group for the dashboard and configure it as `inspectionConsumerGroup`.",
      sentence: () =>
        "This target needs to read an event, and the group's running processors prevent that. Create a consumer group only for the dashboard and configure it as inspectionConsumerGroup.",
    },
  ),
  allBlocked: declare(
    { partitions: count },
    {
      meaning: "The plan can do nothing on any partition. Each has a different reason.",
      remedy: "Read `blockedBy` of each entry.",
      sentence: ({ partitions }, _, { done }) =>
        `None of the ${formatCount(partitions)} partitions can be ${done}. Each entry says why.`,
    },
  ),
};
