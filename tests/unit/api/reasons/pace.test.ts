import { paceReasons } from "#lib/api/reasons/pace.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "./tells-each.ts";

const params = { reads: 1_025, perSecond: 40, seconds: 26 };

tellsEach("how often a hub is read", paceReasons, [
  [
    reason("hubBusy", params),
    "Event Hubs said that it is busy. This hub's 1,025 reads go at 40 a second for now, so it is read each 26 s. The rate rises by a tenth each minute.",
  ],
  [
    reason("hubReadsCapped", params),
    "The setting propertyReadsPerSecond allows 40 reads a second, and this hub takes 1,025. It is read each 26 s.",
  ],
]);
