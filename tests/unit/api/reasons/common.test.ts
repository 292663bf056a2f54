import { commonReasons } from "#lib/api/reasons/common.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "./tells-each.ts";

tellsEach("reasons of no noun", commonReasons, [
  [reason("recorded", { text: "It timed out." }), "It timed out."],
  [
    reason("failure", { errorCode: "azureTimeout", errorMessage: "No answer within 10 s." }),
    "No answer within 10 s.",
  ],
]);
