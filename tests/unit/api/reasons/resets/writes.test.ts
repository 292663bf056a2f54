import { reason } from "#lib/api/reasons/reason.ts";
import { writeReasons } from "#lib/api/reasons/resets/writes.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach(
  "reasons of one partition's write",
  writeReasons,
  [
    [
      reason("hubRecreatedSincePlan"),
      "The event hub was re-created after the plan was made, so its positions are no longer valid. Make a new plan.",
    ],
    [
      reason("partitionUnread", { because: reason("partitionGone") }),
      "Nothing was written: the partition could not be read. The event hub no longer has this partition.",
    ],
    [reason("partitionGone"), "The event hub no longer has this partition."],
    [
      reason("nextEventExpired", { sequenceNumber: 100, beginningSequenceNumber: 1_150 }),
      "Event 100, the next to read, is no longer in the stream, which now begins at 1,150. Make a new plan.",
    ],
    [
      reason("targetEventExpired", { sequenceNumber: 99, beginningSequenceNumber: 100 }),
      "Event 99, the new checkpoint, is no longer in the stream, which now begins at 100. Make a new plan.",
    ],
    [
      reason("targetPastEnd", { sequenceNumber: 1_500, lastSequenceNumber: 1_499 }),
      "The stream now ends at event 1,499, before the target 1,500. Make a new plan.",
    ],
    [reason("checkpointDeleted"), "The checkpoint was deleted after the plan was made. Make a new plan."],
    [
      reason("checkpointAppeared"),
      "A checkpoint was created after the plan was made: this partition is being processed.",
    ],
    [
      reason("checkpointMoved", { updatedAt: "2026-03-02T12:00:00.000Z" }),
      "The checkpoint was written after the plan was made (2026-03-02 12:00:00 UTC): this partition is being processed. Stop the group's processors, then make a new plan.",
    ],
    [
      reason("movedByReset", { updatedAt: "2026-03-02T12:00:00.000Z" }),
      "Another reset, move or undo wrote the checkpoint after the plan was made (2026-03-02 12:00:00 UTC). Make a new plan.",
    ],
    [
      reason("blobLeased"),
      "The blob is leased, by a running processor of an older layout or by a storage tool. Stop the processor, or end the lease.",
    ],
    [
      reason("rivalMoves", { blobName: "A/checkpoint/0" }),
      "Another checkpoint of this partition moves, in A/checkpoint/0: two kinds of processors are running.",
    ],
    [
      reason("ownedNow", { ownerId: "billing-1", renewedSecondsAgo: 8 }),
      "The processor billing-1 owns the partition (renewed 8 s before the write) and would overwrite the reset. Stop the group's processors, then make a new plan.",
    ],
    [
      reason("ownedNow", { ownerId: null, renewedSecondsAgo: 61 }),
      "An unnamed processor owns the partition (renewed 1 m 1 s before the write) and would overwrite the reset. Stop the group's processors, then make a new plan.",
    ],
    [
      reason("rivalAppeared", { blobName: "A/checkpoint/0" }),
      "Another checkpoint of this partition was created after the plan was made, in A/checkpoint/0. Make a new plan.",
    ],
    [
      reason("rivalWritten", { blobName: "A/checkpoint/0" }),
      "Another checkpoint of this partition was written after the plan was made, in A/checkpoint/0. Make a new plan.",
    ],
    [
      reason("groupMoved", { blobName: "A/checkpoint/0", plannedBlobName: "a/checkpoint/0" }),
      "The group's processors now use A/checkpoint/0, but the plan is for a/checkpoint/0. Make a new plan.",
    ],
    [
      reason("nothingWritten", {
        because: reason("failure", { errorCode: "azureThrottled", errorMessage: "Storage is busy." }),
      }),
      "Nothing was written. Storage is busy.",
    ],
    [
      reason("notTriedAgain", {
        because: reason("writeRefused", { condition: "the blob was changed" }),
        notAgainBecause: reason("takenOver"),
      }),
      "Nothing was written. The write was refused: the blob was changed. It was not tried again. Another dashboard has taken over the reset.",
    ],
    [
      reason("writeRefused", { condition: "the blob was changed" }),
      "The write was refused: the blob was changed.",
    ],
    [
      reason("writeUnknown", {
        because: reason("failure", { errorCode: "azureTimeout", errorMessage: "No answer within 10 s." }),
      }),
      "It is unknown whether it was written: the blob could not be read. No answer within 10 s.",
    ],
    [
      reason("checkpointDeletedMeanwhile"),
      "The checkpoint was deleted during the reset and not created again.",
    ],
    [reason("checkpointDeletedSince"), "The checkpoint was deleted afterwards."],
    [
      reason("writtenByOther", { found: 1_204 }),
      "Another writer changed the checkpoint at the same moment (1,204). Nothing was written.",
    ],
    [
      reason("writtenByReset", { found: 1_204 }),
      "Another reset, move or undo wrote the checkpoint at the same moment (1,204). Nothing was written. Make a new plan.",
    ],
    [
      reason("writtenSince", { found: "unreadable" }),
      "The checkpoint was changed afterwards (an unreadable checkpoint).",
    ],
    [
      reason("answerLost", { found: "other" }),
      "The write got no answer, and the checkpoint was changed afterwards (another position or owner): it is unknown whether the write arrived.",
    ],
    [
      reason("claimedAtWrite", { ownerId: "billing-1" }),
      "The processor billing-1 claimed the partition at the moment of the write. It may continue from the old position, and is watched.",
    ],
    [
      reason("rivalDeleted", { blobName: "A/checkpoint/0" }),
      "Another checkpoint of this partition, A/checkpoint/0, was deleted after the plan was made. Make a new plan.",
    ],
    [
      reason("claimedAtDeletion", { ownerId: "billing-1", blobName: "a/checkpoint/0" }),
      "The processor billing-1 claimed the partition at the moment when a/checkpoint/0 was deleted. It may have read that blob.",
    ],
    [
      reason("claimedAtRestoring", { ownerId: "billing-1", blobName: "a/checkpoint/0" }),
      "The processor billing-1 claimed the partition at the moment when a/checkpoint/0 was written. It may have started without reading that blob.",
    ],
    [
      reason("writtenAtDeletion", { blobName: "a/checkpoint/0", updatedAt: "2026-11-24T12:00:00.000Z" }),
      "a/checkpoint/0 was deleted, and somebody wrote it again at 2026-11-24 12:00:00 UTC.",
    ],
    [reason("arrivedLate"), "The write arrived late, after it had been given up."],
  ],
  ["movedByReset", "writtenByReset"],
);
