import { reason } from "#lib/api/reasons/reason.ts";
import { planWarningReasons } from "#lib/api/reasons/resets/plan-warnings.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach(
  "warnings of a plan",
  planWarningReasons,
  [
    [
      reason("noEventYet", { sequenceNumber: 2_000, lastSequenceNumber: 1_199 }),
      "There is no event 2,000 yet: the last one is 1,199. Latest is used.",
    ],
    [
      reason("noEventYet", { sequenceNumber: 7, lastSequenceNumber: null }),
      "There is no event 7: the partition is empty. Latest is used.",
    ],
    [
      reason("eventExpired", { sequenceNumber: 7, beginningSequenceNumber: 1_000 }),
      "Event 7 is not in the stream: it begins at 1,000. Earliest is used.",
    ],
    [
      reason("eventExpired", { sequenceNumber: 7, beginningSequenceNumber: null }),
      "Event 7 is not in the stream: the partition is empty. Earliest is used.",
    ],
    [reason("belowZero"), "Sequence numbers start at 0. Earliest is used."],
    [
      reason("noEventSince", {
        time: "2026-03-02T13:00:00.000Z",
        lastEnqueuedAt: "2026-03-02T12:00:00.000Z",
      }),
      "No event was enqueued at or after 2026-03-02 13:00:00 UTC: the last one was at 2026-03-02 12:00:00 UTC. Latest is used.",
    ],
    [
      reason("timeExpired", { beginsAt: "2026-03-02T12:00:00.000Z" }),
      "The stream begins at 2026-03-02 12:00:00 UTC: earlier events are gone. Earliest is used.",
    ],
    [reason("unchanged"), "The partition is already there: the reset does not change it."],
    [
      reason("checkpointCreated"),
      "There is no checkpoint yet. The reset creates one, and an undo can't remove it.",
    ],
    [
      reason("checkpointRepaired", { fault: "it has no sequence number" }),
      "The checkpoint can't be used: it has no sequence number. The reset repairs it.",
    ],
    [reason("eventsLost", { lostEvents: 1 }), "1 event was lost before the group processed it."],
    [reason("eventsLost", { lostEvents: 1_489 }), "1,489 events were lost before the group processed them."],
    [
      reason("newerCheckpointElsewhere", { blobName: "A/checkpoint/0", writtenBlobName: "a/checkpoint/0" }),
      "The newest checkpoint of this partition is in A/checkpoint/0, but the group's processors now use a/checkpoint/0. The reset writes that one and does not change the other.",
    ],
    [
      reason("olderCheckpointElsewhere", { blobName: "A/checkpoint/0" }),
      "An older checkpoint of this partition is also in A/checkpoint/0. The reset does not change it.",
    ],
    [
      reason("eventMissing", { sequenceNumber: 120, nextSequenceNumber: 1_122 }),
      "Event 120 is missing: the next one is 1,122.",
    ],
    [reason("offsetCorrected"), "The stored offset is not that event's. The reset writes the event's own."],
    [
      reason("ownerStalled", {
        ownerId: "billing-1",
        checkpoints: 10,
        sequenceNumber: 9_604_499,
        since: "2026-03-02T12:00:00.000Z",
      }),
      "The owner billing-1 is stalled: it keeps storing 9,604,499 (the last 10 checkpoints, no progress since 2026-03-02 12:00:00 UTC). While its handler hangs, it will probably overwrite a live reset. The safe way: stop it, then reset offline.",
    ],
    [
      reason("ownerStalled", {
        ownerId: "billing-1",
        checkpoints: 0,
        sequenceNumber: 9_604_499,
        since: "2026-03-02T12:00:00.000Z",
      }),
      "The owner billing-1 is stalled: it has stored no checkpoint since 2026-03-02 12:00:00 UTC. While its handler hangs, it may not resume after a live reset. The safe way: stop it, then reset offline.",
    ],
    [
      reason("formerPassed", { replays: 4_092 }),
      "The group has already passed its former position: the undo only reads 4,092 events again.",
    ],
    [reason("writeUncertain"), "It is not known whether this partition was written, which is to be undone."],
    [
      reason("checkpointsUnreadable", { partitionIds: ["7"] }),
      "The checkpoint of partition 7 is unreadable and not part of this reset: it stops the group's JavaScript processors on all partitions, and may stop those of other SDKs. Reset it as well.",
    ],
    [
      reason("checkpointsUnreadable", { partitionIds: ["10", "2"] }),
      "The checkpoints of the partitions 2, 10 are unreadable and not part of this reset: they stop the group's JavaScript processors on all partitions, and may stop those of other SDKs. Reset them as well.",
    ],
    [
      reason("checkpointsUnreadable", { partitionIds: Array.from({ length: 13 }, (_, id) => String(id)) }),
      "The checkpoints of 13 partitions (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …) are unreadable and not part of this reset: they stop the group's JavaScript processors on all partitions, and may stop those of other SDKs. Reset them as well.",
    ],
    [
      reason("ownershipsNameless", { partitionIds: ["0"] }),
      "The ownership blob of partition 0 names no owner: it stops the group's JavaScript processors on all partitions, and may stop those of other SDKs. The reset does not change it. Give its metadata an empty ownerid.",
    ],
    [
      reason("ownershipsNameless", { partitionIds: ["0", "1"] }),
      "The ownership blobs of the partitions 0, 1 name no owner: they stop the group's JavaScript processors on all partitions, and may stop those of other SDKs. The reset does not change them. Give their metadata an empty ownerid.",
    ],
    [
      reason("blobsOfNoPartition", { blobNames: ["a/checkpoint/31"] }),
      'The event hub has no partition for the invalid blob "a/checkpoint/31": it stops the group\'s JavaScript processors on all partitions, and may stop those of other SDKs. The reset does not change it. Clean up the group.',
    ],
    [
      reason("blobsOfNoPartition", { blobNames: ["a/checkpoint/31", "a/checkpoint/b/c"] }),
      'The event hub has no partition for the invalid blobs "a/checkpoint/31", "a/checkpoint/b/c": they stop the group\'s JavaScript processors on all partitions, and may stop those of other SDKs. The reset does not change them. Clean up the group.',
    ],
    [
      reason("fileNamesOthers", { partitions: 1 }),
      "The imported file names a partition that this event hub does not have; it is left out.",
    ],
    [
      reason("fileNamesOthers", { partitions: 2 }),
      "The imported file names 2 partitions that this event hub does not have; they are left out.",
    ],
    [reason("partitionsGone", { partitions: 1 }), "1 of the partitions to be undone no longer exists."],
    [reason("partitionsGone", { partitions: 2 }), "2 of the partitions to be undone no longer exist."],
  ],
  ["unchanged", "checkpointsUnreadable"],
);
