import { describe, expect, it } from "vitest";
import { hotPartitions, slowPartitions } from "#lib/lag/pace/outliers.ts";

type Rates = readonly [into: number | null, out: number | null, lag?: number];
const partitions = (...rates: readonly Rates[]) =>
  rates.map(([eventsInPerSecond, eventsOutPerSecond, lag = 100], index) => ({
    partitionId: String(index),
    lag,
    eventsInPerSecond,
    pace:
      eventsInPerSecond === null || eventsOutPerSecond === null
        ? null
        : { eventsInPerSecond, eventsOutPerSecond },
  }));
const hot = (...into: (number | null)[]) =>
  hotPartitions(partitions(...into.map((rate) => [rate, null] as const))).map(
    ({ partitionId }) => partitionId,
  );
const slow = (...rates: readonly Rates[]) =>
  slowPartitions(partitions(...rates)).map(({ partitionId }) => partitionId);

describe("a hot partition", () => {
  it("gets more than three times the usual of the others", () => {
    expect(hot(10, 10, 30)).toEqual([]);
    expect(hot(10, 10, 30.1)).toEqual(["2"]);
    expect(hotPartitions(partitions([10, null], [14, null], [90, null], [12, null]))).toEqual([
      { partitionId: "2", inPerSecond: 90, usualPerSecond: 12 },
    ]);
  });

  it("gets at least an event a second more, since less is noise", () => {
    expect(hot(0.1, 0.1, 1.09)).toEqual([]);
    expect(hot(0.1, 0.1, 1.1)).toEqual(["2"]);
    expect(hot(0, 0, 1)).toEqual(["2"]);
  });

  it("needs two others with known input", () => {
    expect(hot(1, 90)).toEqual([]);
    expect(hot(1, 90, null)).toEqual([]);
    expect(hot()).toEqual([]);
  });

  it("does not count itself as usual, and the hottest comes first", () => {
    expect(hot(10, 10, 10, 10, 50, 90)).toEqual(["5", "4"]);
    expect(hot(10, 10, 10)).toEqual([]);
  });
});

describe("a slow consumer", () => {
  it("reads less than half of its input, while as many others keep up", () => {
    expect(slow([10, 10], [10, 5])).toEqual([]);
    expect(slow([10, 10], [10, 4.9])).toEqual(["1"]);
    expect(slow([10, 9], [10, 1])).toEqual(["1"]);
    expect(slow([10, 8.9], [10, 1])).toEqual([]);
    expect(slow([10, 10], [10, 1], [10, 1])).toEqual([]);
    expect(slow([10, 10], [10, 10], [10, 2], [10, 1])).toEqual(["3", "2"]);
  });

  it("is behind, and has enough input for a rate", () => {
    expect(slow([10, 10], [10, 1, 0])).toEqual([]);
    expect(slow([10, 10], [0.19, 0])).toEqual([]);
    expect(slow([10, 10], [0.2, 0])).toEqual(["1"]);
    expect(slow([10, 10], [10, null], [null, 1])).toEqual([]);
  });
});
