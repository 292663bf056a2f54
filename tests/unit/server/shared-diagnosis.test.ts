import { expect, it } from "vitest";
import { unreadHub } from "#lib/monitor/hub-snapshot.ts";
import { sharedDiagnosis } from "#lib/server/hubs/shared-diagnosis.ts";
import { hubReading, monitoredHub } from "#tests/support/fixtures/sources.ts";

const snapshot = unreadHub(monitoredHub(async () => hubReading([]), {}));
const failing = {
  ...snapshot,
  eventHub: { ...snapshot.eventHub, error: { code: "azureTimeout" as const, message: "It did not answer." } },
};

it("is renewed after half a minute, and at once when a source fails or answers again", () => {
  let now = 0;
  let told = 0;
  const diagnosisOf = sharedDiagnosis(
    ({ eventHub }) => {
      told += 1;
      return { hub: eventHub.id, observedAt: String(told), checks: [] };
    },
    () => now,
  );
  const at = (moment: number, of = snapshot) => {
    now = moment;
    return diagnosisOf(of)?.observedAt;
  };
  expect([at(0), at(29_999), at(30_000), at(30_001)]).toEqual(["1", "1", "2", "2"]);
  expect([at(31_000, failing), at(32_000, failing), at(33_000)]).toEqual(["3", "3", "4"]);
});
