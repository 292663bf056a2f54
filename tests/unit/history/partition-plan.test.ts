import { describe, expect, it } from "vitest";
import { isMadeAhead, nextPartition, partitionsPast, widthMs } from "#lib/history/writing/partition-plan.ts";

const day = 24 * 60 * 60_000;
const today = 100 * day;
const now = today + day / 2;
const partition = (from: number, to: number) => ({
  name: `chunks_${from}`,
  from: from * day,
  to: to * day,
});
const nothing = async () => null;

describe("partitions of a tier", () => {
  it("are as wide as whole days, about 32 for what is kept", () => {
    expect([1, 2, 30, 32, 33, 365].map((days) => widthMs(days * day) / day)).toEqual([1, 1, 1, 1, 2, 12]);
    expect(widthMs(day / 8)).toBe(day);
  });

  it("begin today in an empty database, and after the last one later", async () => {
    expect(await nextPartition([], nothing, day, now)).toEqual({ from: today, to: today + day });
    const made = [partition(98, 99), partition(99, 101)];
    expect(await nextPartition(made, nothing, 12 * day, now)).toEqual({ from: 101 * day, to: 113 * day });
    // After a pause of the dashboard the days in between get none.
    expect(await nextPartition([partition(90, 91)], nothing, day, now)).toEqual({
      from: today,
      to: today + day,
    });
  });

  it("begin after the days that have rows in the default partition", async () => {
    const asked: number[] = [];
    const newest = async (before: number) => {
      asked.push(before);
      return today;
    };
    expect(await nextPartition([], newest, day, now)).toEqual({ from: today + day, to: today + 2 * day });
    expect(asked).toEqual([today + 3 * day]);
  });

  it("are made ahead if tomorrow has one", () => {
    expect(isMadeAhead([], now)).toBe(false);
    expect(isMadeAhead([partition(100, 101)], now)).toBe(false);
    expect(isMadeAhead([partition(100, 101), partition(101, 102)], now)).toBe(true);
  });

  it("are past when their end is, the oldest first", () => {
    const kept = [partition(99, 100), partition(98, 99)];
    const names = (before: number) => partitionsPast(kept, before).map(({ name }) => name);
    expect(names(99 * day - 1)).toEqual([]);
    expect(names(99 * day)).toEqual(["chunks_98"]);
    expect(names(now)).toEqual(["chunks_98", "chunks_99"]);
  });
});
