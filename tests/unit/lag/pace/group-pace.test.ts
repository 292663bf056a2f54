import { describe, expect, it } from "vitest";
import {
  groupCatchUpSeconds,
  lagChangePerSecond,
  type PacedPartition,
  wholeRate,
} from "#lib/lag/pace/group-pace.ts";

const out = (eventsOutPerSecond: number) => ({ eventsInPerSecond: 10, eventsOutPerSecond });
const partition = (more: Partial<PacedPartition>): PacedPartition => ({
  lag: 100,
  isUpperBound: false,
  pace: out(12),
  across: null,
  ...more,
});

describe("the change of a group's lag", () => {
  it("counts a few partitions that have just resumed over their standstill, and is unknown when many have", () => {
    const resumed = partition({ pace: null, across: out(4) });
    const steady = [partition({}), partition({}), partition({})];
    expect(lagChangePerSecond([...steady, resumed])).toBe(0);
    expect(lagChangePerSecond([...steady, { ...resumed, lag: 101 }])).toBeNull();
    expect(lagChangePerSecond([resumed])).toBeNull();
    expect(lagChangePerSecond([...steady, { ...resumed, lag: null }])).toBeNull();
  });

  it("is input less output, over the same partitions", () => {
    expect(lagChangePerSecond([partition({}), partition({ pace: out(7) })])).toBe(1);
  });

  it("is unknown when a partition with waiting events lacks a rate", () => {
    expect(lagChangePerSecond([partition({}), partition({ pace: null })])).toBeNull();
    expect(lagChangePerSecond([partition({}), partition({ lag: null, pace: null })])).toBeNull();
  });

  it("takes a caught-up partition without rates as keeping pace", () => {
    expect(lagChangePerSecond([partition({}), partition({ lag: 0, pace: null })])).toBe(-2);
  });

  it("leaves out partitions that the group never checkpointed", () => {
    const never = partition({ isUpperBound: true, pace: null });
    expect(lagChangePerSecond([partition({}), never])).toBe(-2);
    expect(lagChangePerSecond([never])).toBeNull();
  });
});

describe("a whole group's rate", () => {
  it("sums its partitions' rates, in which caught-up ones may be missing", () => {
    expect(
      wholeRate([
        { lag: 5, perSecond: 2 },
        { lag: 0, perSecond: 3 },
      ]),
    ).toBe(5);
    expect(
      wholeRate([
        { lag: 5, perSecond: 2 },
        { lag: 0, perSecond: null },
      ]),
    ).toBe(2);
  });

  it("is unknown when a rate is missing with events waiting or unread, or when none is known", () => {
    expect(
      wholeRate([
        { lag: 5, perSecond: 2 },
        { lag: 1, perSecond: null },
      ]),
    ).toBeNull();
    expect(
      wholeRate([
        { lag: 5, perSecond: 2 },
        { lag: null, perSecond: null },
      ]),
    ).toBeNull();
    expect(wholeRate([{ lag: 0, perSecond: null }])).toBeNull();
    expect(wholeRate([])).toBeNull();
  });
});

describe("the time to catch up", () => {
  it("is the lag divided by its decrease", () => {
    expect(groupCatchUpSeconds([partition({}), partition({ lag: 300 })], "ok")).toBe(100);
    expect(groupCatchUpSeconds([partition({ lag: 0 })], "ok")).toBe(0);
  });

  it.each<[string, PacedPartition[], "ok" | "stop" | "stall"]>([
    ["grows", [partition({ pace: out(9) })], "ok"],
    ["stopped somewhere", [partition({})], "stop"],
    ["stalls somewhere", [partition({})], "stall"],
    ["is known in part", [partition({}), partition({ lag: null })], "ok"],
    ["has no checkpoint somewhere", [partition({}), partition({ isUpperBound: true })], "ok"],
    ["has no partitions", [], "ok"],
  ])("is unknown for a group that %s", (_, partitions, status) => {
    expect(groupCatchUpSeconds(partitions, status)).toBeNull();
  });
});
