import { paceReasons } from "#lib/api/reasons/pace.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { tellsEach } from "./tells-each.ts";

const params = { reads: 1_025, perSecond: 40, seconds: 26 };

tellsEach("how often a hub is read", paceReasons, [
  [
    reason("hubBusy", params),
    "Event Hubs is busy, so reads are slowed to 40 per second. This hub takes 1,025 reads, so it is read every 26 s. The rate rises by a tenth each minute.",
  ],
  [
    reason("hubReadsCapped", params),
    "The setting propertyReadsPerSecond allows 40 reads per second. This hub takes 1,025 reads, so it is read every 26 s.",
  ],
]);
