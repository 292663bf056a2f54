import { expect, it } from "vitest";
import { firstRange, isWorthAWord, unwatchedUntil } from "#lib/client/history/watched.ts";

const iso = (second: number) => new Date(second * 1000).toISOString();
const range = { from: 0, to: 1_000_000 };

it("ends with the step of the first look, and within the range", () => {
  expect(unwatchedUntil(iso(299), range, 100)).toBe(200_000);
  expect(unwatchedUntil(iso(300), range, 100)).toBe(300_000);
  expect(unwatchedUntil(iso(5_000), range, 100)).toBe(1_000_000);
});

it("is null when all was watched, or when that is unknown", () => {
  expect(unwatchedUntil(iso(-50), range, 100)).toBeNull();
  expect(unwatchedUntil(iso(99), range, 100)).toBeNull();
  expect(unwatchedUntil(null, range, 100)).toBeNull();
});

it("is mentioned from a tenth of the range on", () => {
  expect(isWorthAWord(iso(100), range)).toBe(false);
  expect(isWorthAWord(iso(100.001), range)).toBe(true);
  expect(isWorthAWord(null, range)).toBe(false);
});

it("shows the last hour at first, or the watched part when that is less than a quarter of it", () => {
  const now = 3_600_000;
  const hour = { kind: "last", preset: "1h" };
  expect(firstRange(null, now)).toEqual(hour);
  expect(firstRange(now - 900_000, now)).toEqual(hour);
  expect(firstRange(now - 899_999, now)).toEqual({ kind: "since", from: now - 899_999 });
});
