import fc from "fast-check";
import { expect, it } from "vitest";
import { lagSecondsFarBack, mergePast, newPastPositions, notePast } from "#lib/lag/past-positions.ts";
import { PositionRing } from "#lib/lag/positions.ts";

const refreshSeconds = 10;
const refreshMs = refreshSeconds * 1000;

function watch(rates: readonly number[]) {
  const positions = new PositionRing(undefined, 60_000);
  const past = newPastPositions(refreshMs);
  const counts: number[] = [0];
  let events = 0;
  for (const rate of rates) {
    for (let step = 0; step < 60; step += 1) {
      events += rate * refreshSeconds;
      const at = counts.length * refreshMs;
      counts.push(events);
      positions.add(events, at);
      notePast(past, events, at, refreshMs);
    }
  }
  const now = (counts.length - 1) * refreshMs;
  const enqueuedAt = (position: number) => counts.findIndex((count) => count >= position) * refreshMs;
  return { positions, past, now, events, enqueuedAt };
}

it("tells within a tenth or a refresh how far a group is behind that is hours late", () => {
  const rates = fc.array(fc.nat(1_000), { minLength: 12, maxLength: 72 });
  fc.assert(
    fc.property(rates, fc.double({ min: 0, max: 1, noNaN: true }), (each, share) => {
      const { positions, past, now, events, enqueuedAt } = watch(each);
      const position = Math.floor(events * share);
      const { seconds, quality } = lagSecondsFarBack(positions, past, position, events - position, now);
      const truth = (now - enqueuedAt(position)) / 1000;
      if (quality === "lowerBound") expect(seconds).toBeLessThanOrEqual(truth + 2 * refreshSeconds);
      if (quality !== "measured") return;
      expect(Math.abs((seconds ?? 0) - truth)).toBeLessThanOrEqual(Math.max(2 * refreshSeconds, truth / 10));
    }),
    { numRuns: 60 },
  );
});

it("measures what the dense ring has no room for", () => {
  const { positions, past, now, events } = watch(Array(72).fill(100));
  const told = (hours: number) => {
    const lag = hours * 3_600 * 100;
    return lagSecondsFarBack(positions, past, events - lag, lag, now);
  };
  expect(told(0.5)).toEqual({ seconds: 1_800, quality: "measured" });
  expect(told(5)).toEqual({ seconds: 18_000, quality: "measured" });
  expect(lagSecondsFarBack(positions, past, events, 0, now)).toEqual({ seconds: 0, quality: "level" });
  expect(lagSecondsFarBack(positions, past, 0, events, now).quality).toBe("lowerBound");
});

it("gives only a bound for events that came while nobody watched", () => {
  const past = newPastPositions(refreshMs);
  const positions = new PositionRing(undefined, 60_000);
  for (const minute of [0, 5, 10, 70, 75, 80]) notePast(past, minute * 100, minute * 60_000, refreshMs);
  for (const minute of [79, 80]) positions.add(minute * 100, minute * 60_000);
  expect(lagSecondsFarBack(positions, past, 4_000, 4_000, 80 * 60_000)).toEqual({
    seconds: 600,
    quality: "lowerBound",
  });
  expect(lagSecondsFarBack(positions, past, 750, 7_250, 80 * 60_000)).toEqual({
    seconds: 72.5 * 60,
    quality: "measured",
  });
});

it("starts anew for a re-created hub, and continues from the history", () => {
  const before = newPastPositions(refreshMs);
  notePast(before, 5_000, 0, refreshMs);
  notePast(before, 6_000, 300_000, refreshMs);
  const seen = newPastPositions(refreshMs);
  notePast(seen, 7_000, 600_000, refreshMs);
  const merged = mergePast(before, seen);
  expect([merged.size, merged.sequenceNumberAt(0), merged.sequenceNumberAt(2)]).toEqual([3, 5_000, 7_000]);
  notePast(merged, 3, 610_000, refreshMs);
  expect([merged.size, merged.sequenceNumberAt(0)]).toEqual([1, 3]);
});
