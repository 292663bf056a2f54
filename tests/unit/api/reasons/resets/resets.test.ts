import { reason } from "#lib/api/reasons/reason.ts";
import { resetReasons } from "#lib/api/reasons/resets/resets.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach(
  "reasons that end a reset early",
  resetReasons,
  [
    [
      reason("dashboardStopped"),
      "The dashboard was stopped before this partition's turn came. Make a new plan for what is left.",
    ],
    [reason("dashboardStoppedAmid"), "The dashboard was stopped during the reset."],
    [reason("stopAskedFor", { actor: "ada", when: "afterWave" }), "ada stopped the reset after its wave."],
    [reason("stopAskedFor", { actor: "ada", when: "now" }), "ada stopped the reset."],
    [
      reason("stopAskedForAmid", { actor: "ada" }),
      "ada stopped the reset during this partition's turn. It was released.",
    ],
    [reason("clearUpStopped"), "The dashboard that cleaned up was also stopped."],
    [
      reason("storeTooSlow"),
      "Nothing was written: storage or the history's database answered too slowly, so every reading of the group was out of date.",
    ],
    [
      reason("groupGone"),
      "The group is no longer watched: its event hub or store was removed from the configuration.",
    ],
    [
      reason("groupUnread", { errorCode: "azureTimeout", errorMessage: "Listing took 30 s." }),
      "The group could not be read before the write: Listing took 30 s.",
    ],
    [
      reason("hubUnread", { errorCode: "azureTimeout", errorMessage: "No answer within 10 s." }),
      "The event hub could not be read before this wave: No answer within 10 s.",
    ],
    [
      reason("notBegun", { because: reason("dashboardStoppedAmid") }),
      "Not started, because the reset was stopped. The dashboard was stopped during the reset.",
    ],
    [
      reason("cutOff", { mode: "offline" }),
      "The dashboard ended during the reset. What was done remains; the rest was not changed.",
    ],
    [
      reason("cutOff", { mode: "live" }),
      "The dashboard ended during the reset. Paused partitions were released; the rest was not changed.",
    ],
    [reason("cutOffAmid"), "The dashboard ended while it was resetting this partition."],
    [
      reason("cutOffBefore"),
      "The dashboard ended before this partition was written. Make a new plan for what is left.",
    ],
    [
      reason("cutOffUnknown", { because: reason("checkpointDeletedSince") }),
      "The dashboard ended during the reset, and it is unknown whether this partition was written. The checkpoint was deleted afterwards.",
    ],
    [reason("takenOver"), "Another dashboard has taken over the reset."],
  ],
  [],
);
