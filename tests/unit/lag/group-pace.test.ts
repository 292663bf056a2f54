import { describe, expect, it } from "vitest";
import { groupCatchUpSeconds, lagChangePerSecond, type PacedPartition } from "#lib/lag/group-pace.ts";

const partition = (more: Partial<PacedPartition>): PacedPartition => ({
  lag: 100,
  isUpperBound: false,
  inPerSecond: 10,
  outPerSecond: 12,
  ...more,
});

describe("how fast a group's lag changes", () => {
  it("is in less out, over the same partitions", () => {
    expect(lagChangePerSecond([partition({}), partition({ outPerSecond: 7 })])).toBe(1);
  });

  it("is not known where a partition with events waiting lacks a rate: a sum of the rest compares unlike ones", () => {
    expect(lagChangePerSecond([partition({}), partition({ outPerSecond: null })])).toBeNull();
    expect(lagChangePerSecond([partition({}), partition({ lag: null, inPerSecond: null })])).toBeNull();
  });

  it("takes a level partition without rates for one that keeps pace", () => {
    expect(lagChangePerSecond([partition({}), partition({ lag: 0, outPerSecond: null })])).toBe(-2);
  });

  it("leaves out what the group never checkpointed", () => {
    const never = partition({ isUpperBound: true, outPerSecond: null });
    expect(lagChangePerSecond([partition({}), never])).toBe(-2);
    expect(lagChangePerSecond([never])).toBeNull();
  });
});

describe("when a group is level", () => {
  it("is its lag over how fast that falls", () => {
    expect(groupCatchUpSeconds([partition({}), partition({ lag: 300 })], "ok")).toBe(100);
    expect(groupCatchUpSeconds([partition({ lag: 0 })], "ok")).toBe(0);
  });

  it.each<[string, PacedPartition[], "ok" | "stop" | "stall"]>([
    ["grows", [partition({ outPerSecond: 9 })], "ok"],
    ["stopped somewhere", [partition({})], "stop"],
    ["stalls somewhere", [partition({})], "stall"],
    ["is known in part", [partition({}), partition({ lag: null })], "ok"],
    ["has no checkpoint somewhere", [partition({}), partition({ isUpperBound: true })], "ok"],
    ["has no partitions", [], "ok"],
  ])("can't be told of one that %s", (_, partitions, status) => {
    expect(groupCatchUpSeconds(partitions, status)).toBeNull();
  });
});
