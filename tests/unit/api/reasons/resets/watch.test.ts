import { reason } from "#lib/api/reasons/reason.ts";
import { watchReasons } from "#lib/api/reasons/resets/watch.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach(
  "reasons seen after a reset",
  watchReasons,
  [
    [
      reason("writeMayArrive", {
        because: reason("failure", { errorCode: "azureTimeout", errorMessage: "No answer within 5 s." }),
      }),
      "No answer within 5 s. The blob was unchanged afterwards, but the last try may still arrive.",
    ],
    [reason("deletedAfterReset"), "The checkpoint was deleted after the reset."],
    [
      reason("overwrittenUnreadable", { writer: null, writtenAt: "2026-03-02T12:00:00.000Z" }),
      "A reader that owns no partition overwrote the reset at 2026-03-02 12:00:00 UTC with something that is not a checkpoint.",
    ],
    [
      reason("overwrittenBefore", {
        writer: "billing-1",
        writtenAt: "2026-03-02T12:00:00.000Z",
        sequenceNumber: 51,
        targetSequenceNumber: 1_090,
      }),
      "The processor billing-1 overwrote the reset at 2026-03-02 12:00:00 UTC with 51, before the target 1,090.",
    ],
    [
      reason("overwrittenFromOld", {
        writer: "billing-1",
        writtenAt: "2026-03-02T12:00:00.000Z",
        sequenceNumber: 51,
        formerSequenceNumber: null,
      }),
      "The processor billing-1 overwrote the reset at 2026-03-02 12:00:00 UTC with 51, continuing from its old position.",
    ],
    [
      reason("overwrittenFromOld", {
        writer: null,
        writtenAt: "2026-03-02T12:00:00.000Z",
        sequenceNumber: 1_051,
        formerSequenceNumber: 1_050,
      }),
      "A reader that owns no partition overwrote the reset at 2026-03-02 12:00:00 UTC with 1,051, continuing from its old position 1,050.",
    ],
    [
      reason("progressOrOverwritten", {
        writer: "billing-1",
        writtenAt: "2026-03-02T12:00:00.000Z",
        sequenceNumber: 1_051,
        nextSequenceNumber: 11,
      }),
      "The processor billing-1 wrote 1,051 at 2026-03-02 12:00:00 UTC. Either it read from 11 to there, or a handler slower than stated continued from its old position. The reset worked if the processors handled event 11: check that.",
    ],
  ],
  [],
);
