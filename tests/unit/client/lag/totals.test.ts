import { describe, expect, it } from "vitest";
import {
  countStatuses,
  eventsBehind,
  largest,
  newestReading,
  ownerFigures,
  storesMatter,
  sumKnown,
} from "#lib/client/lag/totals.ts";
import { hubTotals } from "#lib/lag/hub-totals.ts";
import { ago, fixtureGroup } from "#tests/support/worlds/fixture-world.ts";

describe("events behind", () => {
  it("adds up what is known and tells what is missing", () => {
    const groups = [
      fixtureGroup({ totalLag: 100 }),
      fixtureGroup({ totalLag: 50, partitionsUnknown: 3 }),
      fixtureGroup({ totalLag: null, partitionsUnknown: 4 }),
      fixtureGroup({
        totalLag: 61_204,
        totalLagIsUpperBound: true,
        status: "unknown",
        statusCause: "noCheckpoint",
      }),
    ];
    expect(eventsBehind(groups)).toEqual({
      total: 150,
      bound: "≥",
      groupsNotCounted: 2,
      partitionsNotCounted: 3,
    });
  });

  it("tells the direction in which the sum may be off", () => {
    const upper = fixtureGroup({ totalLagIsUpperBound: true, measuredLag: 12 });
    const lower = fixtureGroup({ partitionsUnknown: 1 });
    expect([[fixtureGroup()], [upper], [lower], [upper, lower]].map((g) => eventsBehind(g).bound)).toEqual([
      "",
      "≤",
      "≥",
      "≈",
    ]);
  });

  it("is unknown, not zero, when nothing is known", () => {
    expect(eventsBehind([fixtureGroup({ totalLag: null })]).total).toBeNull();
    expect(eventsBehind([]).total).toBeNull();
  });
});

describe("other totals", () => {
  it("never take an unknown for a zero", () => {
    expect(sumKnown([1, null, 2])).toEqual({ total: 3, unknown: 1 });
    expect(sumKnown([null])).toEqual({ total: null, unknown: 1 });
    expect(largest([{ n: null }, { n: 3 }, { n: 9 }], (x) => x.n)).toEqual({ n: 9 });
    expect(largest([{ n: null }], (x) => x.n)).toBeNull();
  });

  it("count unowned partitions only for running groups", () => {
    const running = fixtureGroup({ ownedPartitions: 3, partitionCount: 4 });
    const stopped = fixtureGroup({ ownedPartitions: 0, partitionCount: 4, owners: [] });
    expect(ownerFigures([running, stopped])).toEqual({ owners: 2, unowned: 1 });
  });

  it("count groups by status", () => {
    const counts = countStatuses(["ok", "ok", "stop"]);
    expect([...counts]).toEqual([
      ["ok", 2],
      ["stop", 1],
    ]);
  });

  it("tell when only the store distinguishes groups", () => {
    const one = { hubId: "orders", group: fixtureGroup() };
    expect(storesMatter([one, { hubId: "telemetry", group: fixtureGroup({ store: "old" }) }])).toBe(false);
    expect(
      storesMatter([one, { hubId: "orders", group: fixtureGroup({ name: "Billing", store: "old" }) }]),
    ).toBe(true);
  });

  it("find the newest reading", () => {
    expect(newestReading([{ observedAt: ago(9) }, { observedAt: null }, { observedAt: ago(3) }])).toBe(
      ago(3),
    );
    expect(newestReading([{ observedAt: null }])).toBeNull();
  });
});

const measured = fixtureGroup({ totalLag: 100 });
const partly = fixtureGroup({ totalLag: 50, measuredLag: 20, totalLagIsUpperBound: true });
const neverRead = fixtureGroup({ totalLag: 61_204, measuredLag: null, totalLagIsUpperBound: true });
const unknown = fixtureGroup({ totalLag: null, measuredLag: null, partitionsUnknown: 4 });
const gone = fixtureGroup({ totalLag: 7, partitionsUnknown: 1, goneSince: ago(60) });

it.each([
  ["whole", [measured], { totalLag: 100, countedLag: 100, groupsNotCounted: 0 }, ""],
  ["a bound", [measured, partly], { totalLag: 150, countedLag: 150, groupsNotCounted: 0 }, "≤"],
  [
    "without groups that never checkpointed",
    [measured, neverRead, unknown, gone],
    { totalLag: 61_304, countedLag: 100, groupsNotCounted: 2, partitionsUnknown: 4 },
    "",
  ],
  ["not known", [neverRead], { totalLag: 61_204, countedLag: null, groupsNotCounted: 1 }, ""],
])("a hub's lag is %s alike on the wire and on its page", (_, groups, wire, bound) => {
  expect(hubTotals(groups)).toMatchObject(wire);
  const { countedLag: total, groupsNotCounted } = hubTotals(groups);
  const shown = eventsBehind(groups.filter(({ goneSince }) => goneSince === null));
  expect(shown).toMatchObject({ total, groupsNotCounted, bound });
});
