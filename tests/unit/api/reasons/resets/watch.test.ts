import { reason } from "#lib/api/reasons/reason.ts";
import { watchReasons } from "#lib/api/reasons/resets/watch.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach("reasons seen after a reset", watchReasons, [
  [reason("deletedAfterReset"), "The checkpoint was deleted after the reset."],
  [
    reason("overwrittenUnreadable", { writer: null, writtenAt: "2026-03-02T12:00:00.000Z" }),
    "A reader that owns no partition wrote over the reset at 2026-03-02T12:00:00.000Z with something that is no checkpoint.",
  ],
  [
    reason("overwrittenBefore", {
      writer: "billing-1",
      writtenAt: "2026-03-02T12:00:00.000Z",
      sequenceNumber: 51,
      targetSequenceNumber: 1_090,
    }),
    "The processor billing-1 wrote over the reset at 2026-03-02T12:00:00.000Z with 51, before the target 1,090.",
  ],
  [
    reason("overwrittenFromOld", {
      writer: "billing-1",
      writtenAt: "2026-03-02T12:00:00.000Z",
      sequenceNumber: 51,
      formerSequenceNumber: null,
    }),
    "The processor billing-1 wrote over the reset at 2026-03-02T12:00:00.000Z with 51, going on from where it was before the reset.",
  ],
  [
    reason("overwrittenFromOld", {
      writer: null,
      writtenAt: "2026-03-02T12:00:00.000Z",
      sequenceNumber: 1_051,
      formerSequenceNumber: 1_050,
    }),
    "A reader that owns no partition wrote over the reset at 2026-03-02T12:00:00.000Z with 1,051, going on from 1,050, where it stood before the reset.",
  ],
  [
    reason("progressOrOverwritten", {
      writer: "billing-1",
      writtenAt: "2026-03-02T12:00:00.000Z",
      sequenceNumber: 1_051,
      nextSequenceNumber: 11,
    }),
    "The processor billing-1 wrote 1,051 at 2026-03-02T12:00:00.000Z. Either it read everything from 11 to there, or a handler slower than stated went on from its old position. Check whether the group's processors have handled event 11: only then does the reset hold.",
  ],
]);
