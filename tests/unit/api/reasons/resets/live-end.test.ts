import { reason } from "#lib/api/reasons/reason.ts";
import { liveEndReasons } from "#lib/api/reasons/resets/live-end.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach(
  "reasons seen when a live reset has given back",
  liveEndReasons,
  [
    [
      reason("nobodyClaimed", { heldOff: null }),
      "Written. The partition had no owner, and no processor has claimed it since.",
    ],
    [
      reason("nobodyClaimed", { heldOff: "billing-1" }),
      "Written, but no processor has claimed the partition since; billing-1 owned it before.",
    ],
    [
      reason("startsFromTarget", { ownerId: "billing-1" }),
      "billing-1 owns the partition and starts from the new checkpoint. It has not checkpointed yet.",
    ],
    [
      reason("startsFromTarget", {
        ownerId: "billing-1",
        targetSequenceNumber: 124_035,
        ownedSince: "2026-03-02T12:00:00.000Z",
      }),
      "billing-1 has owned the partition since 2026-03-02 12:00:00 UTC, and has not checkpointed past 124,035. Its handler may be slow, or fail on event 124,036 or a later one of its batch: read that event, and look in the processor's log.",
    ],
    [
      reason("deletedAfterRelease"),
      "The checkpoint was deleted, or made unreadable, after the partition was released.",
    ],
    [
      reason("holdsUnknown", {
        ownerId: "billing-1",
        sequenceNumber: 1_051,
        formerSequenceNumber: 1_050,
        nextSequenceNumber: 500,
        releasedAt: "2026-03-02T12:00:00.000Z",
      }),
      "It is unknown whether the reset worked: the first checkpoint after billing-1 came back is 1,051 (at or past the old position, 1,050). Either the processor read from 500 to there, or a handler slower than stated continued from the old position. The reset worked if the processors handled event 500 after 2026-03-02 12:00:00 UTC: check that.",
    ],
    [
      reason("holdsUnknown", {
        ownerId: null,
        sequenceNumber: null,
        formerSequenceNumber: null,
        nextSequenceNumber: 500,
        releasedAt: "2026-03-02T12:00:00.000Z",
      }),
      "It is unknown whether the reset worked: the first checkpoint after a processor came and went is not known (there was none before). Either the processor read from 500 to there, or a handler slower than stated continued from the old position. The reset worked if the processors handled event 500 after 2026-03-02 12:00:00 UTC: check that.",
    ],
    [
      reason("wentOnFromOld", { writer: "billing-1", sequenceNumber: 1_051, formerSequenceNumber: 1_050 }),
      "After the partition was released, billing-1 stored 1,051, going on from its old position, 1,050.",
    ],
    [
      reason("wentOnFromOld", { writer: "billing-1", sequenceNumber: 1_050, formerSequenceNumber: 1_050 }),
      "After the partition was released, billing-1 stored 1,050, its old position.",
    ],
    [
      reason("wentOnFromOld", { writer: null, sequenceNumber: 51, formerSequenceNumber: null }),
      "After the partition was released, a processor that no longer owns it stored 51, going on from its old position.",
    ],
    [
      reason("writtenByLaterReset"),
      "Another reset has written the checkpoint since the partition was released.",
    ],
    [reason("stoodAtLast"), "The new checkpoint was in place at the last check."],
    [reason("neverWritten"), "Nothing was written."],
    [reason("stoodUnknown"), "It is unknown whether the new checkpoint was ever in place."],
    [reason("notLookedAt"), "The checkpoint could not be checked since."],
    [
      reason("waveWentWrong", { partitionIds: ["0"], because: reason("neverWritten") }),
      "The reset of partition 0 did not end as expected, so the rest was not started. Nothing was written.",
    ],
    [
      reason("waveWentWrong", { partitionIds: ["0"], rest: 0, because: reason("neverWritten") }),
      "The reset of partition 0 did not end as expected. Nothing was written.",
    ],
    [
      reason("waveWentWrong", { partitionIds: ["0", "1"], rest: 1, because: reason("neverWritten") }),
      "The reset of partitions 0, 1 did not end as expected, so the other partition was not started. Nothing was written.",
    ],
    [
      reason("waveWentWrong", { partitionIds: ["0"], rest: 6, because: reason("neverWritten") }),
      "The reset of partition 0 did not end as expected, so the other 6 partitions were not started. Nothing was written.",
    ],
    [
      reason("someUnknown", { partitionIds: ["1", "2"] }),
      "It is unknown whether the reset of partitions 1, 2 worked. Most others continued from the target, so the reset went on.",
    ],
  ],
  ["writtenByLaterReset"],
);
