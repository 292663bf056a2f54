import { expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { scalingOf } from "#lib/server/queries.ts";
import { refresh } from "#tests/support/fixtures/refresh.ts";
import { fixtureNow } from "#tests/support/worlds/fixture-world.ts";

const readAt = fixtureNow - 70_000;
const readEvery = {
  seconds: 26,
  reason: toWire(reason("hubReadsCapped", { reads: 1_025, perSecond: 40, seconds: 26 })),
};

/** As another dashboard hands it on: without the sources' answers. */
function adopted(over: Pick<HubSnapshot["eventHub"], "readEvery">): HubSnapshot {
  const { eventHub, partitions, groups } = refresh({ at: readAt, lags: [7] });
  return {
    eventHub: { ...eventHub, ...over },
    partitions,
    groups: groups.map(({ group, partitions: each, listedAt }) => ({
      group: { ...group, partitionCount: each.length },
      partitions: each,
      listedAt,
      observedExpirationSeconds: null,
      busyCheckpointSeconds: {},
    })),
    evidence: null,
  };
}

const scale = (hub: HubSnapshot) => scalingOf(hub, "billing", {}, 10, fixtureNow);

it("knows by the snapshot how often the hub is read, also where another dashboard read it", () => {
  expect(scale(adopted({ readEvery }))).toMatchObject({ lag: 7 });
  expect(() => scale(adopted({}))).toThrow(expect.objectContaining({ code: "figuresTooOld" }));
});
