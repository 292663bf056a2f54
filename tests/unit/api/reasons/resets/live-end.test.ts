import { reason } from "#lib/api/reasons/reason.ts";
import { liveEndReasons } from "#lib/api/reasons/resets/live-end.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach("reasons seen when a live reset has given back", liveEndReasons, [
  [
    reason("nobodyClaimed", { heldOff: null }),
    "The new checkpoint stands. Nobody owned the partition, and nobody has claimed it since.",
  ],
  [
    reason("nobodyClaimed", { heldOff: "billing-1" }),
    "The new checkpoint stands, but no processor has claimed the partition since it was given back; billing-1 owned it before.",
  ],
  [
    reason("startsFromTarget", { ownerId: "billing-1" }),
    "billing-1 owns the partition and starts from the new checkpoint; it has stored none since.",
  ],
  [
    reason("deletedAfterRelease"),
    "The checkpoint was deleted, or made unreadable, after the partition was given back.",
  ],
  [
    reason("holdsUnknown", {
      ownerId: "billing-1",
      sequenceNumber: 1_051,
      formerSequenceNumber: 1_050,
      nextSequenceNumber: 500,
      releasedAt: "2026-03-02T12:00:00.000Z",
    }),
    "Whether the reset holds can't be told: the first checkpoint after billing-1 came back is 1,051 (at or past the old position, 1,050). Either it read from 500 to there between two looks, or a handler slower than stated went on from the old position. Check whether the group's processors have handled event 500 since 2026-03-02T12:00:00.000Z: only then does the reset hold.",
  ],
  [
    reason("holdsUnknown", {
      ownerId: null,
      sequenceNumber: null,
      formerSequenceNumber: null,
      nextSequenceNumber: 500,
      releasedAt: "2026-03-02T12:00:00.000Z",
    }),
    "Whether the reset holds can't be told: the first checkpoint after a processor came and went is not known (there was none before). Either it read from 500 to there between two looks, or a handler slower than stated went on from the old position. Check whether the group's processors have handled event 500 since 2026-03-02T12:00:00.000Z: only then does the reset hold.",
  ],
  [
    reason("wentOnFromOld", { writer: "billing-1", sequenceNumber: 1_051, formerSequenceNumber: 1_050 }),
    "billing-1 wrote 1,051: it went on from its old position (1,050). Was a handler slower than stated?",
  ],
  [
    reason("wentOnFromOld", { writer: null, sequenceNumber: 51, formerSequenceNumber: null }),
    "A processor that no longer owns the partition wrote 51: it went on from its old position (not known). Was a handler slower than stated?",
  ],
  [
    reason("writtenByLaterReset"),
    "Another reset has written the checkpoint since the partition was given back.",
  ],
  [reason("stoodAtLast"), "The new checkpoint stood when it was last looked at."],
  [reason("neverWritten"), "Nothing was written."],
  [reason("stoodUnknown"), "Whether the new checkpoint stood there at any time can't be told."],
  [reason("notLookedAt"), "The checkpoint could not be looked at since."],
  [
    reason("waveWentWrong", { partitionIds: ["0"], because: reason("neverWritten") }),
    "The reset of partition 0 did not end as expected, so the rest was left alone. Nothing was written.",
  ],
  [
    reason("someUnknown", { partitionIds: ["1", "2"] }),
    "Whether the reset holds on partitions 1, 2 can't be told. Most of the others went on from the target, so the rest was not held back.",
  ],
]);
