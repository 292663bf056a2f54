import { reason } from "#lib/api/reasons/reason.ts";
import { planBlockReasons } from "#lib/api/reasons/resets/plan-blocks.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach(
  "reasons that block a partition",
  planBlockReasons,
  [
    [
      reason("partitionOwned", {
        ownerId: "billing-1",
        renewedSecondsAgo: 59,
        leasedBlob: null,
        expiresInSeconds: 1,
      }),
      "The processor billing-1 owns this partition (last renewed 59 s ago) and would overwrite the reset. Stop the group's processors.",
    ],
    [
      reason("partitionOwned", {
        ownerId: "billing-1",
        renewedSecondsAgo: 0,
        leasedBlob: null,
        expiresInSeconds: 60,
      }),
      "The processor billing-1 owns this partition (last renewed just now) and would overwrite the reset. Stop the group's processors.",
    ],
    [
      reason("partitionOwned", {
        ownerId: null,
        renewedSecondsAgo: null,
        leasedBlob: "eph/0",
        expiresInSeconds: null,
      }),
      "An unnamed processor owns this partition (it holds the lease of eph/0) and would overwrite the reset. Stop the group's processors.",
    ],
    [
      reason("ownedTwice", { blobNames: ["a/ownership/0", "A/ownership/0"] }),
      "This partition is owned in a/ownership/0 and in A/ownership/0. Two kinds of processors are running: stop at least one.",
    ],
    [
      reason("heldByReset", { retryAfterSeconds: 57 }),
      "Another live reset holds this partition, or left it held when its dashboard died. Wait until it ends. If none runs, check again in 57 s.",
    ],
    [
      reason("checkpointContested", { blobNames: ["a/checkpoint/0", "A/checkpoint/0"] }),
      "The checkpoint of this partition moves in a/checkpoint/0 and in A/checkpoint/0. Two kinds of processors are running: stop at least one.",
    ],
    [
      reason("checkpointJustWritten", { writtenSecondsAgo: 131, retryAfterSeconds: 86_269 }),
      "The checkpoint was written 2 m 11 s ago, but the partition has no owner. If a reader without load balancing is running, stop it. If a processor has just stopped, check again in 23 h 57 m.",
    ],
    [
      reason("layoutNotLive", { format: null }),
      "Only checkpoints of the common layout can be reset live. Stop the group's processors and reset it offline.",
    ],
    [
      reason("layoutNotLive", { format: "eph" }),
      "Only checkpoints of the common layout can be reset live, and this one has the layout eph. Stop the group's processors and reset it offline.",
    ],
    [
      reason("layoutNeedsProcessor"),
      "There is no checkpoint yet, and only processors can create one in this group's layout. Start them once, stop them, and make a new plan.",
    ],
    [reason("checkpointGone", { blobName: "eph/0" }), "The checkpoint eph/0 is gone. Make a new plan."],
    [
      reason("checkpointNotRewritable", { blobName: "eph/0", fault: "its content is not a JSON object" }),
      "The checkpoint eph/0 can't be rewritten: its content is not a JSON object. Only its processors can repair it.",
    ],
    [
      reason("positionNotWritable", { fault: "the offset is not a string" }),
      "The checkpoint for this target can't be written: the offset is not a string.",
    ],
    [reason("timeUnknown"), "The time is not known."],
    [
      reason("nothingToShiftFrom", { because: reason("noCheckpoint") }),
      "There is no position to shift from. There is no checkpoint.",
    ],
    [
      reason("otherGroupUnknown", { group: "archive", because: reason("noPositionYet") }),
      "The consumer group archive has no position on this partition. The checkpoint holds no position yet.",
    ],
    [reason("notInFile"), "The imported file says nothing about this partition."],
    [
      reason("hubRecreated"),
      "The event hub was re-created since, so the former positions are no longer valid.",
    ],
    [reason("noCheckpointBefore"), "There was no checkpoint before the reset. An undo never deletes one."],
    [
      reason("formerUnusable", { format: "functions" }),
      "The former checkpoint (functions) was not usable, so it is not restored.",
    ],
    [
      reason("formerOfOldHub"),
      "The former checkpoint is older than the event hub, which was re-created, so it is not restored.",
    ],
    [
      reason("formerPastEnd", { sequenceNumber: 5_000, lastSequenceNumber: 199 }),
      "The former checkpoint (5,000) was past the last event (199), so it is not restored.",
    ],
    [reason("lastEventUnread", { sequenceNumber: 1_199 }), "The last event (1,199) could not be read."],
    [
      reason("eventGone", { sequenceNumber: 1_199 }),
      "Event 1,199 is no longer in the stream, and its offset was not stored.",
    ],
    [
      reason("formerOffsetRefused", { sequenceNumber: 1_199, offset: "None" }),
      'The former checkpoint (1,199) has the offset "None", which this event hub refuses. Its event can\'t be read to find the right one.',
    ],
    [
      reason("eventsNotReadable"),
      "This target needs to read an event, and the group's running processors prevent that. Create a consumer group only for the dashboard and configure it as inspectionConsumerGroup.",
    ],
    [
      reason("nothingChanges", { partitions: 4 }),
      "All 4 partitions are already there: nothing would change.",
    ],
    [reason("nothingChanges", { partitions: 1 }), "The partition is already there: nothing would change."],
    [
      reason("allBlocked", { partitions: 32 }),
      "None of the 32 partitions can be reset. Each entry says why.",
    ],
  ],
  ["heldByReset", "layoutNotLive", "noCheckpointBefore"],
);
