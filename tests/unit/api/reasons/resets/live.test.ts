import { reason } from "#lib/api/reasons/reason.ts";
import { liveReasons } from "#lib/api/reasons/resets/live.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach(
  "reasons that break a live reset off",
  liveReasons,
  [
    [
      reason("keptOverwriting", {
        ownerId: "billing-1",
        times: 172,
        sequenceNumber: 9_604_499,
        isSame: true,
        withinSeconds: 900,
      }),
      "billing-1 kept storing 9,604,499 over the new checkpoint (172 times in 15 m). The live reset of this partition was stopped. Stop or restart that processor, then make a new plan.",
    ],
    [
      reason("keptOverwriting", {
        ownerId: null,
        times: 3,
        sequenceNumber: 1_051,
        isSame: false,
        withinSeconds: 900,
      }),
      "A processor that owns nothing overwrote the new checkpoint 3 times in 15 m, last with 1,051. The live reset of this partition was stopped. Stop or restart that processor, then make a new plan.",
    ],
    [
      reason("keptOverwriting", {
        ownerId: "billing-1",
        times: 1,
        sequenceNumber: null,
        isSame: true,
        withinSeconds: 900,
      }),
      "billing-1 overwrote the new checkpoint once in 15 m, last with an unreadable checkpoint. The live reset of this partition was stopped. Stop or restart that processor, then make a new plan.",
    ],
    [reason("tookTooLong"), "The live reset of this partition took too long and was stopped."],
    [
      reason("takenAway", { because: reason("ownershipDeleted") }),
      "Another processor took the partition during the reset. Its ownership was deleted.",
    ],
    [reason("ownershipDeleted"), "Its ownership was deleted."],
    [reason("ownershipTaken", { ownerId: "billing-2" }), "billing-2 claimed it."],
    [reason("ownershipTaken", { ownerId: null }), "Somebody claimed it."],
    [
      reason("ownershipRefused", { condition: "the blob was changed" }),
      "The claim was refused: the blob was changed.",
    ],
    [reason("ownershipHeldByReset"), "Another live reset holds it."],
    [
      reason("ownershipNotTaken", { rounds: 10, because: reason("ownershipHeldByReset") }),
      "The ownership could not be claimed in 10 rounds. Another live reset holds it.",
    ],
    [
      reason("displaced", { detail: "New receiver with higher epoch '2'." }),
      "Another reader with a higher owner level took the partition over: New receiver with higher epoch '2'.",
    ],
    [
      reason("connectionLost", { detail: "The connection was closed." }),
      "The connection that kept the processor paused was lost: The connection was closed.",
    ],
    [
      reason("higherLevel", { detail: "Epoch '5' is in use." }),
      "A reader with a higher owner level could not be paused: Epoch '5' is in use.",
    ],
    [
      reason("notPaused", {
        because: reason("failure", { errorCode: "azureUnreachable", errorMessage: "No answer within 10 s." }),
      }),
      "The processor could not be paused. No answer within 10 s.",
    ],
    [
      reason("wentPastTarget", { sequenceNumber: 1_004, targetSequenceNumber: 995 }),
      "The group has passed event 995 meanwhile by itself and is at 1,004. Nothing was written, so nothing is skipped or read again.",
    ],
    [
      reason("storedPastTarget", { ownerId: "worker-1", sequenceNumber: 1_004, targetSequenceNumber: 995 }),
      "worker-1 was still at work when it was paused, and has passed event 995 itself: it stored 1,004 over the new checkpoint. That stays, so nothing is read again.",
    ],
    [
      reason("storedPastTarget", { ownerId: null, sequenceNumber: 995, targetSequenceNumber: 995 }),
      "A processor was still at work when it was paused, and has passed event 995 itself: it stored 995 over the new checkpoint. That stays, so nothing is read again.",
    ],
    [reason("notRecorded"), "Its steps can no longer be recorded."],
    [reason("failedInside", { detail: "x is undefined" }), "The dashboard failed: x is undefined"],
    [
      reason("levelLeft", { ownerLevel: 1 }),
      "Event Hubs did not confirm that the pause (a reader of owner level 1) has ended. It may refuse the group's processors on this partition for some minutes. They come back by themselves.",
    ],
  ],
  ["ownershipHeldByReset", "ownershipNotTaken"],
);
