import { expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { refresher } from "#tests/support/simulated/refreshed-hub.ts";

const down = new AppError("azureUnreachable", "The storage account can't be reached.");
const twoPartitions = hubReading([properties("0"), properties("1", { lastEnqueuedSequenceNumber: 199 })]);

it("tells nothing about a missing group while a store was never read, since its blobs may be there", async () => {
  let isDown = true;
  let inSecond = [storedGroup("billing", [checkpoint("0", 89)])];
  const hub = monitoredHub(
    async () => twoPartitions,
    {
      main: async () => storeReading([storedGroup("audit", [checkpoint("0", 99)])]),
      second: async () => (isDown ? Promise.reject(down) : storeReading(inSecond)),
    },
    { consumerGroups: ["billing", "audit"] },
  );
  const refresh = refresher(hub);
  const seen = async () =>
    (await refresh()).groups.map(({ group }) => [group.store, group.name, group.totalLag]);
  for (const _ of [1, 2]) {
    expect(await seen()).toEqual([
      ["main", "audit", 200],
      ["second", "billing", null],
    ]);
  }
  const unread = (await refresh()).groups[1]?.group;
  expect(unread).toMatchObject({ stale: true, observedAt: null, error: { message: down.message } });

  // Once no store holds its blobs, it belongs to the first store, failing or not.
  isDown = false;
  inSecond = [];
  expect((await seen())[1]).toEqual(["main", "billing", 300]);
  isDown = true;
  expect((await seen())[1]).toEqual(["main", "billing", 300]);
  isDown = false;
  inSecond = [storedGroup("billing", [checkpoint("0", 89)])];
  expect((await seen())[1]).toEqual(["second", "billing", 10 + 200]);
  inSecond = [];
  expect((await seen())[1]).toEqual(["second", "billing", null]);
  isDown = true;
  expect((await seen())[1]).toEqual(["second", "billing", null]);
});
