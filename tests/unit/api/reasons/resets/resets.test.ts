import { reason } from "#lib/api/reasons/reason.ts";
import { resetReasons } from "#lib/api/reasons/resets/resets.ts";
import { tellsEach } from "../tells-each.ts";

tellsEach("reasons that end a reset early", resetReasons, [
  [
    reason("dashboardStopped"),
    "The dashboard was stopped before this partition's turn came. Make a new plan for what is left.",
  ],
  [reason("dashboardStoppedAmid"), "The dashboard was stopped in the middle of it."],
  [reason("clearUpStopped"), "The dashboard that cleared up was stopped, too."],
  [
    reason("storeTooSlow"),
    "Nothing was written: storage or history answer so slowly that each look at the group was too old by then.",
  ],
  [reason("groupGone"), "The group can't be found any more: its event hub or store is no longer watched."],
  [
    reason("groupUnread", { errorCode: "azureTimeout", errorMessage: "Listing took 30 s." }),
    "The group could not be looked at before the write: Listing took 30 s.",
  ],
  [
    reason("hubUnread", { errorCode: "azureTimeout", errorMessage: "No answer within 10 s." }),
    "The event hub could not be read before this wave: No answer within 10 s.",
  ],
  [
    reason("notBegun", { because: reason("dashboardStoppedAmid") }),
    "Not begun, because the reset was broken off. The dashboard was stopped in the middle of it.",
  ],
  [
    reason("cutOff", { mode: "offline" }),
    "The dashboard that ran it ended in the middle of it. What it had written stands; the rest was left alone.",
  ],
  [
    reason("cutOff", { mode: "live" }),
    "The dashboard that ran it ended in the middle of it. What it held was given back; the rest was left alone.",
  ],
  [reason("cutOffAmid"), "The dashboard that ran it ended in the middle of it."],
  [
    reason("cutOffBefore"),
    "The dashboard that ran it ended before this partition was written. Make a new plan for what is left.",
  ],
  [
    reason("cutOffUnknown", { because: reason("checkpointDeletedSince") }),
    "The dashboard that ran it ended in the middle of it, and whether this partition was written can't be told. The checkpoint was deleted since.",
  ],
  [reason("takenOver"), "Another dashboard has taken the reset over."],
]);
