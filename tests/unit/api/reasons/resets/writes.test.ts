import { reason } from "#lib/api/reasons/reason.ts";
import { writeReasons } from "#lib/api/reasons/resets/writes.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach("reasons of one partition's write", writeReasons, [
  [
    reason("hubRecreatedSincePlan"),
    "The event hub was re-created since the plan was made: its positions mean nothing any more. Make a new plan.",
  ],
  [
    reason("partitionUnread", { because: reason("partitionGone") }),
    "Nothing was written, since the partition could not be read. The event hub has no such partition any more.",
  ],
  [reason("partitionGone"), "The event hub has no such partition any more."],
  [
    reason("nextEventExpired", { sequenceNumber: 100, beginningSequenceNumber: 1_150 }),
    "Event 100, which was to be read next, is no longer in the stream: it begins at 1,150 now. Make a new plan.",
  ],
  [
    reason("targetEventExpired", { sequenceNumber: 99, beginningSequenceNumber: 100 }),
    "Event 99, which the new checkpoint names, is no longer in the stream: it begins at 100 now. Make a new plan.",
  ],
  [
    reason("targetPastEnd", { sequenceNumber: 1_500, lastSequenceNumber: 1_499 }),
    "The stream ends at event 1,499 now, before the target 1,500. Make a new plan.",
  ],
  [reason("checkpointDeleted"), "The checkpoint was deleted since the plan was made. Make a new plan."],
  [
    reason("checkpointAppeared"),
    "A checkpoint was created since the plan was made: somebody processes this partition.",
  ],
  [
    reason("checkpointMoved", { updatedAt: "2026-03-02T12:00:00.000Z" }),
    "The checkpoint was written since the plan was made (2026-03-02T12:00:00.000Z): somebody processes this partition. Stop the group's processors, then make a new plan.",
  ],
  [
    reason("movedByReset", { updatedAt: "2026-03-02T12:00:00.000Z" }),
    "A reset wrote the checkpoint since the plan was made (2026-03-02T12:00:00.000Z). Make a new plan.",
  ],
  [reason("blobLeased"), "The blob is leased: a processor of its layout is running. Stop it first."],
  [
    reason("rivalMoves", { blobName: "A/checkpoint/0" }),
    "Another checkpoint of this partition moves, in A/checkpoint/0: two kinds of processors are at work.",
  ],
  [
    reason("ownedNow", { ownerId: "billing-1", renewedSecondsAgo: 8 }),
    "The processor billing-1 owns the partition (last renewed 8 s before): it would write over the reset. Stop the group's processors, then make a new plan.",
  ],
  [
    reason("ownedNow", { ownerId: null, renewedSecondsAgo: 61 }),
    "A processor without a name owns the partition (last renewed 1 m 1 s before): it would write over the reset. Stop the group's processors, then make a new plan.",
  ],
  [
    reason("rivalAppeared", { blobName: "A/checkpoint/0" }),
    "Another checkpoint of this partition was created since the plan was made, in A/checkpoint/0. Make a new plan.",
  ],
  [
    reason("rivalWritten", { blobName: "A/checkpoint/0" }),
    "Another checkpoint of this partition was written since the plan was made, in A/checkpoint/0. Make a new plan.",
  ],
  [
    reason("groupMoved", { blobName: "A/checkpoint/0", plannedBlobName: "a/checkpoint/0" }),
    "The group's processors use A/checkpoint/0 by now, and the plan is for a/checkpoint/0. Make a new plan.",
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
    "Nothing was written. The write was refused: the blob was changed. It was not tried again. Another dashboard has taken the reset over.",
  ],
  [
    reason("writeRefused", { condition: "the blob was changed" }),
    "The write was refused: the blob was changed.",
  ],
  [
    reason("writeUnknown", {
      because: reason("failure", { errorCode: "azureTimeout", errorMessage: "No answer within 10 s." }),
    }),
    "It is not known whether it was written, and the blob could not be looked at. No answer within 10 s.",
  ],
  [reason("checkpointDeletedMeanwhile"), "The checkpoint was deleted meanwhile, and was not created again."],
  [reason("checkpointDeletedSince"), "The checkpoint was deleted since."],
  [
    reason("writtenByOther", { found: 1_204 }),
    "Somebody wrote the checkpoint at the same moment (1,204); it was left as it is.",
  ],
  [
    reason("writtenByReset", { found: 1_204 }),
    "Another reset wrote the checkpoint at the same moment (1,204); it was left as it is. Make a new plan.",
  ],
  [
    reason("writtenSince", { found: "unreadable" }),
    "Somebody has written the checkpoint since (an unreadable checkpoint).",
  ],
  [
    reason("answerLost", { found: "other" }),
    "No answer came to the write, and somebody has written the checkpoint since (another position or owner): whether ours stood there in between can't be told.",
  ],
  [
    reason("claimedAtWrite", { ownerId: "billing-1" }),
    "The processor billing-1 claimed the partition at the very moment of the write: it may go on from the old position, and is watched.",
  ],
  [reason("arrivedLate"), "The write arrived after it had been given up."],
]);
