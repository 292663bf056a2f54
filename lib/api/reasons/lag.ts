import { z } from "zod";
import { formatCount, plural } from "#lib/core/figures.ts";
import { count, declare, sequenceNumber, time } from "./declare.ts";
import { moment } from "./moment.ts";
import { stopEverybody } from "./whom-blobs-stop.ts";

const resetIt = "Reset the partition, or let its processor checkpoint.";

export const lagReasons = {
  partitionNotRead: declare(
    {},
    {
      meaning: "The partition's properties could not be read.",
      remedy: "See the diagnosis of the event hub.",
      sentence: () => "The partition's properties could not be read.",
    },
  ),
  numbersTooLarge: declare(
    {},
    {
      meaning: "The service reports sequence numbers that are too large to calculate with.",
      remedy: null,
      sentence: () => "The service reports sequence numbers that are too large to calculate with.",
    },
  ),
  checkpointEmpty: declare(
    {},
    {
      meaning: "The checkpoint holds neither a sequence number nor an offset.",
      remedy: resetIt,
      sentence: () => "The checkpoint holds neither a sequence number nor an offset.",
    },
  ),
  checkpointOffsetOnly: declare(
    {},
    {
      meaning: "The checkpoint holds an offset but no sequence number.",
      remedy: resetIt,
      sentence: () => "The checkpoint holds an offset but no sequence number, so its lag can't be counted.",
    },
  ),
  checkpointNoPosition: declare(
    { sequenceNumber: z.number() },
    {
      meaning: "The checkpoint's sequence number is no position in a stream.",
      remedy: resetIt,
      sentence: (at) => `The checkpoint's sequence number ${at.sequenceNumber} is no position in a stream.`,
    },
  ),
  checkpointBeforeHub: declare(
    { writtenAt: time, createdOn: time },
    {
      meaning:
        "The checkpoint is older than the event hub, which was re-created: processors fail on its offset.",
      remedy: "Reset the group.",
      sentence: ({ writtenAt, createdOn }) =>
        `The checkpoint (${moment(writtenAt)}) is older than the event hub (${moment(createdOn)}), which was re-created. Processors fail on the old offset until the group is reset.`,
    },
  ),
  checkpointAhead: declare(
    { sequenceNumber, lastSequenceNumber: sequenceNumber },
    {
      meaning: "The checkpoint lies past the last event: it is of another stream.",
      remedy: "Check whether the event hub was re-created or its name leads elsewhere; then reset the group.",
      sentence: ({ sequenceNumber: at, lastSequenceNumber: last }) =>
        `The checkpoint (${formatCount(at)}) is ${formatCount(at - last)} past the last event (${formatCount(last)}). The event hub was re-created, or its name now leads to another namespace. Processors fail on the old offset or skip events.`,
    },
  ),
  checkpointAtStart: declare(
    { events: count },
    {
      meaning: "The checkpoint stands before the first event: the group reads everything in the stream.",
      remedy: null,
      sentence: ({ events }) =>
        `The checkpoint is before the first event, so the group reads all ${plural(events, "event")} in the stream.`,
    },
  ),
  lagIsBounded: declare(
    { events: count, hasBlob: z.boolean() },
    {
      meaning:
        "There is no checkpoint, so the lag is at most what the stream holds. `hasBlob`: it names no event.",
      remedy: resetIt,
      sentence: ({ events, hasBlob }) =>
        // The figure first: a table's cell shows the begin alone.
        `At most ${plural(events, "event")}, all in the stream: ${hasBlob ? "the checkpoint names no event" : "there is no checkpoint"}. The group starts at the processors' configured start position.`,
    },
  ),
  behindRetention: declare(
    { sequenceNumber, beginningSequenceNumber: sequenceNumber, lostEvents: count },
    {
      meaning:
        "Retention has overtaken the checkpoint: it deleted events that were not checkpointed. Processors may have read some of them ahead.",
      remedy: "Add processors, or lengthen the event hub's retention.",
      sentence: (at) =>
        `The checkpoint (${formatCount(at.sequenceNumber)}) is before the oldest event in the stream (${formatCount(at.beginningSequenceNumber)}). Retention deleted ${plural(at.lostEvents, "event")} in between.`,
    },
  ),
  ownerNameless: declare(
    { blobName: z.string() },
    {
      meaning: "The ownership blob has no owner id, and stops processors of the group on all partitions.",
      remedy: "Give the blob's metadata an empty `ownerid`.",
      sentence: ({ blobName }) => `The ownership blob ${blobName} has no ownerid: it ${stopEverybody(1)}.`,
    },
  ),
  leaseNameless: declare(
    { blobName: z.string() },
    {
      meaning: "The blob is leased, but names no owner.",
      remedy: null,
      sentence: ({ blobName }) => `The blob ${blobName} is leased, but names no owner.`,
    },
  ),
};
