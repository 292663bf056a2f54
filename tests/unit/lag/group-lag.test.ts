import fc from "fast-check";
import { expect, it } from "vitest";
import { largestOfAll, sumLag } from "#lib/lag/group-lag.ts";
import type { PartitionLag } from "#lib/lag/partition-lag.ts";

function lagOf(lag: number | null, rest: Partial<PartitionLag> = {}): PartitionLag {
  return {
    lag,
    lagState: lag === null ? "unknown" : "ok",
    reason: null,
    lostEvents: lag === null ? null : 0,
    isUpperBound: false,
    hasPosition: lag !== null,
    retentionUsed: lag === null ? null : 0,
    ...rest,
  };
}

it("leaves unknown partitions out of the sum and counts them", () => {
  const lags = [lagOf(3), lagOf(null), lagOf(7, { lostEvents: 2, retentionUsed: 0.5 }), lagOf(7)];
  expect(sumLag(lags)).toEqual({
    totalLag: 17,
    maxLag: 7,
    maxLagIndex: 2,
    maxLagIsUpperBound: false,
    partitionsUnknown: 1,
    partitionsBounded: 0,
    lostEvents: 2,
    isUpperBound: false,
    retentionUsed: 0.5,
    measuredLag: 17,
  });
});

it("measures nothing for a group without a checkpoint when a partition was never used", () => {
  const without = lagOf(10_000, {
    lagState: "noCheckpoint",
    isUpperBound: true,
    hasPosition: false,
    retentionUsed: 1,
  });
  const neverUsed = lagOf(0, { lagState: "empty", hasPosition: false });
  expect(sumLag([without, without, neverUsed])).toMatchObject({
    totalLag: 20_000,
    measuredLag: null,
    retentionUsed: null,
  });
  expect(sumLag([without, lagOf(0), neverUsed])).toMatchObject({ measuredLag: 0, retentionUsed: null });
  expect(sumLag([neverUsed, neverUsed])).toMatchObject({ measuredLag: 0, retentionUsed: 0 });
  expect(sumLag([lagOf(5, { retentionUsed: 0.2 }), without])).toMatchObject({
    measuredLag: 5,
    retentionUsed: 0.2,
  });
});

it('takes no 0 for the largest when some are unknown, since "at least 0" is no figure', () => {
  expect(largestOfAll([0, null])).toBeNull();
  expect(largestOfAll([0, 0])).toBe(0);
  expect(largestOfAll([0, null, 3])).toBe(3);
  expect(largestOfAll([null])).toBeNull();
});

it.each([[[]], [[lagOf(null), lagOf(null)]]])(
  "is null, not 0, when nothing is known",
  (lags: PartitionLag[]) => {
    const sum = sumLag(lags);
    expect(sum).toMatchObject({ totalLag: null, maxLag: null, maxLagIndex: null, lostEvents: null });
    expect(sum).toMatchObject({ partitionsUnknown: lags.length, retentionUsed: null });
  },
);

it("is an upper bound when a part is one, and stays a safe integer", () => {
  expect(sumLag([lagOf(1), lagOf(2, { isUpperBound: true })]).isUpperBound).toBe(true);
  const bound = lagOf(9, { isUpperBound: true, retentionUsed: 1 });
  expect(sumLag([lagOf(7, { retentionUsed: 0.25 }), bound])).toMatchObject({
    maxLagIsUpperBound: true,
    retentionUsed: 0.25,
  });
  const huge = lagOf(Number.MAX_SAFE_INTEGER);
  expect(sumLag([huge, huge]).totalLag).toBe(Number.MAX_SAFE_INTEGER);
});

it("adds up the known lags in any order", () => {
  const lags = fc.array(fc.option(fc.nat(1_000_000)), { maxLength: 64 });
  fc.assert(
    fc.property(lags, (values) => {
      const sum = sumLag(values.map((value) => lagOf(value)));
      const known = values.filter((value) => value !== null);
      expect(sum.totalLag).toBe(known.length === 0 ? null : known.reduce((total, value) => total + value, 0));
      expect(sum.partitionsUnknown).toBe(values.length - known.length);
      expect(sum.maxLag).toBe(known.length === 0 ? null : Math.max(...known));
      expect(sum.maxLagIndex === null ? null : values[sum.maxLagIndex]).toBe(sum.maxLag);
      const reversed = sumLag(values.toReversed().map((value) => lagOf(value)));
      expect(reversed.totalLag).toBe(sum.totalLag);
    }),
  );
});
