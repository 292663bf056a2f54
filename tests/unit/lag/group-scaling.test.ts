import { describe, expect, it } from "vitest";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { groupScaling, type ScalingOptions } from "#lib/lag/group-scaling.ts";
import { ago, fixtureGroup, fixtureGroupPartition, fixtureNow } from "#tests/support/worlds/fixture-world.ts";

const options: ScalingOptions = { excludeStalled: false, periodSeconds: 10, now: fixtureNow };
const expired = { ownerId: "a", lastRenewedAt: ago(900), state: "expired" } as const;

function scale(
  partitions: readonly Partial<GroupPartition>[],
  over: Partial<ScalingOptions> = {},
  group: Parameters<typeof fixtureGroup>[0] = {},
) {
  return groupScaling(
    fixtureGroup({ partitionCount: partitions.length, ...group }),
    partitions.map((partition, index) => fixtureGroupPartition({ partitionId: String(index), ...partition })),
    { ...options, ...over },
  );
}

const refused = (code: string) => expect.objectContaining({ code, retryable: code !== "lagUnknown" });

describe("the figures for an autoscaler", () => {
  it("sum the partitions and tell how many are behind", () => {
    expect(scale([{ lag: 0 }, { lag: 70 }, { lag: 5, lagIsUpperBound: true }])).toEqual({
      lag: 75,
      isUpperBound: true,
      partitionsBehind: 2,
      partitionCount: 3,
      active: true,
      observedAt: ago(3),
    });
    expect(scale([{ lag: 0 }])).toMatchObject({ lag: 0, active: false, partitionsBehind: 0 });
  });

  it("are refused when one partition's lag is unknown, even if the rest is caught up", () => {
    expect(() => scale([{ lag: 0 }, { lag: null }])).toThrow(refused("lagUnknown"));
    expect(() => scale([{ lag: null }], { excludeStalled: true })).toThrow(refused("lagUnknown"));
  });

  it("are refused when partitions are missing: a sum over none is no zero", () => {
    expect(() => scale([])).toThrow(refused("lagUnknown"));
    expect(() => scale([{ lag: 0 }], {}, { partitionCount: 2 })).toThrow(refused("lagUnknown"));
    expect(() => scale([{ lag: 0 }], {}, { goneSince: ago(60) })).toThrow(refused("lagUnknown"));
  });

  it("are refused before the first figures, and once they are older than three periods", () => {
    expect(() => scale([{ lag: 0 }], {}, { observedAt: null })).toThrow(refused("notReadYet"));
    expect(() => scale([{ lag: 0 }], {}, { partitionCount: null })).toThrow(refused("notReadYet"));
    const at = (seconds: number, periodSeconds = 10) =>
      scale([{ lag: 7 }], { periodSeconds }, { observedAt: ago(seconds), stale: true });
    expect(at(30)).toMatchObject({ lag: 7 });
    expect(() => at(30.5)).toThrow(refused("figuresTooOld"));
    // A slow hub is read less often.
    expect(at(100, 40)).toMatchObject({ lag: 7 });
  });
});

describe("without stalled partitions", () => {
  const stalled = [
    { lag: 100, status: "stall" },
    { lag: 50, status: "stop" },
    { lag: 7, status: "warn" },
  ] as const;

  it("leaves out those that an active owner holds without progress", () => {
    expect(scale(stalled)).toMatchObject({ lag: 157, partitionsBehind: 3 });
    expect(scale(stalled, { excludeStalled: true })).toMatchObject({
      lag: 7,
      partitionsBehind: 1,
      partitionCount: 3,
    });
  });

  it("counts those without an owner, since somebody has to read them", () => {
    const left = stalled.map((partition, index) => ({ ...partition, owner: index === 0 ? null : expired }));
    expect(scale(left, { excludeStalled: true })).toMatchObject({ lag: 157, partitionsBehind: 3 });
  });
});
