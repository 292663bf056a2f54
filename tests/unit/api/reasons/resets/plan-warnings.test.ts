import { reason } from "#lib/api/reasons/reason.ts";
import { planWarningReasons } from "#lib/api/reasons/resets/plan-warnings.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach("warnings of a plan", planWarningReasons, [
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
  [reason("belowZero"), "No event has a number below 0. Earliest is used."],
  [
    reason("noEventSince", { time: "2026-03-02T13:00:00.000Z", lastEnqueuedAt: "2026-03-02T12:00:00.000Z" }),
    "No event was enqueued at or after 2026-03-02T13:00:00.000Z: the last one was at 2026-03-02T12:00:00.000Z. Latest is used.",
  ],
  [
    reason("timeExpired", { beginsAt: "2026-03-02T12:00:00.000Z" }),
    "The stream begins at 2026-03-02T12:00:00.000Z: earlier events are gone. Earliest is used.",
  ],
  [reason("unchanged"), "The partition stands there already: the reset changes nothing on it."],
  [
    reason("checkpointCreated"),
    "There is no checkpoint yet: the reset creates one, and an undo can't remove it.",
  ],
  [
    reason("checkpointRepaired", { fault: "it has no sequence number" }),
    "The checkpoint can't be used: it has no sequence number. The reset repairs it.",
  ],
  [reason("eventsLost", { lostEvents: 1 }), "1 event left the stream before the group processed it."],
  [
    reason("eventsLost", { lostEvents: 1_489 }),
    "1,489 events left the stream before the group processed them.",
  ],
  [
    reason("newerCheckpointElsewhere", { blobName: "A/checkpoint/0", writtenBlobName: "a/checkpoint/0" }),
    "The newest checkpoint of this partition stands in A/checkpoint/0, and the group's processors have moved since: they read a/checkpoint/0, which is written. The other is left alone.",
  ],
  [
    reason("olderCheckpointElsewhere", { blobName: "A/checkpoint/0" }),
    "An older checkpoint of this partition also stands in A/checkpoint/0; it is left alone.",
  ],
  [
    reason("eventMissing", { sequenceNumber: 120, nextSequenceNumber: 1_122 }),
    "Event 120 is missing: the next one is 1,122.",
  ],
  [reason("offsetCorrected"), "The offset stored there is not that event's; the event's own is written."],
  [reason("writeUncertain"), "It is not known whether the reset wrote this partition."],
  [
    reason("checkpointsUnreadable", { partitionIds: ["7"] }),
    "The checkpoint of partition 7 can't be read, and is not repaired by this reset: JavaScript, Python and Go processors of this group stop on it, on all partitions. Reset it as well.",
  ],
  [
    reason("checkpointsUnreadable", { partitionIds: ["10", "2"] }),
    "The checkpoint of the partitions 2, 10 can't be read, and is not repaired by this reset: JavaScript, Python and Go processors of this group stop on it, on all partitions. Reset it as well.",
  ],
  [
    reason("checkpointsUnreadable", { partitionIds: Array.from({ length: 13 }, (_, id) => String(id)) }),
    "The checkpoint of 13 partitions (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …) can't be read, and is not repaired by this reset: JavaScript, Python and Go processors of this group stop on it, on all partitions. Reset it as well.",
  ],
  [
    reason("ownershipsNameless", { partitionIds: ["0"] }),
    "The ownership blob of partition 0 names no owner: JavaScript, Python and Go processors of this group stop on it, on all partitions. A reset does not touch it; give its metadata an empty ownerid.",
  ],
  [
    reason("fileNamesOthers", { partitions: 1 }),
    "The imported file names a partition that this event hub does not have; it is left out.",
  ],
  [
    reason("fileNamesOthers", { partitions: 2 }),
    "The imported file names 2 partitions that this event hub does not have; they are left out.",
  ],
  [reason("partitionsGone", { partitions: 1 }), "1 of the partitions that were reset is no longer there."],
  [reason("partitionsGone", { partitions: 2 }), "2 of the partitions that were reset are no longer there."],
]);
