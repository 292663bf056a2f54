import fc from "fast-check";
import { expect, it } from "vitest";
import { atLeastCheckpointAge, lagSeconds } from "#lib/lag/lag-seconds.ts";
import { PositionRing } from "#lib/lag/positions.ts";

const refresh = 10;

const inputs = fc.array(
  fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 3, noNaN: true }), fc.nat(200)),
  {
    minLength: 2,
    maxLength: 120,
  },
);

it("gives only a bound for an event that came while nobody watched", () => {
  const ring = new PositionRing(undefined, 60_000);
  for (const [value, second] of [
    [100, 0],
    [110, 10],
    [900, 3_600],
    [910, 3_610],
  ] as const)
    ring.add(value, second * 1000);
  expect(lagSeconds(ring, 500, 410, 3_610_000)).toEqual({ seconds: 10, quality: "lowerBound" });
  expect(lagSeconds(ring, 900, 10, 3_610_000)).toEqual({ seconds: 10, quality: "lowerBound" });
  expect(lagSeconds(ring, 905, 5, 3_610_000)).toEqual({ seconds: 5, quality: "measured" });
  expect(lagSeconds(ring, 110, 800, 3_610_000)).toEqual({ seconds: 3_600, quality: "measured" });
});

it("is within a refresh of the truth when measured, and never above it when a bound", () => {
  fc.assert(
    fc.property(inputs, fc.nat(600), fc.integer({ min: 4, max: 40 }), (waits, watchedFrom, capacity) => {
      let second = 0;
      const enqueuedAt = waits.map((wait) => {
        second += wait;
        return second;
      });
      const end = second + 3 * refresh;
      const ring = new PositionRing(capacity);
      for (let at = Math.min(watchedFrom, end - 2 * refresh); at <= end; at += refresh) {
        const last = enqueuedAt.findLastIndex((time) => time <= at);
        ring.add(last, at * 1000, last < 0 ? null : (enqueuedAt[last] ?? 0) * 1000);
      }
      const now = ring.timeAt(ring.size - 1) / 1000;
      const last = ring.sequenceNumberAt(ring.size - 1);
      for (let cp = 0; cp <= last; cp += 1) {
        const truth = now - (enqueuedAt[cp] ?? 0);
        const { seconds, quality } = lagSeconds(ring, cp, last - cp, now * 1000);
        if (cp === last) expect(seconds).toBe(0);
        else if (quality === "lowerBound") expect(seconds).toBeLessThanOrEqual(truth + 1e-6);
        else {
          expect(quality).toBe("measured");
          expect(Math.abs((seconds ?? Number.NaN) - truth)).toBeLessThanOrEqual(refresh + 1e-6);
        }
      }
    }),
  );
});

it("is at least the checkpoint's own age when the estimate is no measurement", () => {
  const at = { seconds: 1_080, quality: "lowerBound" } as const;
  const hour = 3_600_000;
  expect(atLeastCheckpointAge(at, 0, hour)).toEqual({ seconds: 3_599, quality: "lowerBound" });
  expect(atLeastCheckpointAge({ seconds: null, quality: "unknown" }, 0, hour)).toEqual({
    seconds: 3_599,
    quality: "lowerBound",
  });
  expect(atLeastCheckpointAge(at, hour - 1_000_000, hour)).toBe(at);
  const measured = { seconds: 12, quality: "measured" } as const;
  expect(atLeastCheckpointAge(measured, 0, hour)).toBe(measured);
  const level = { seconds: 0, quality: "level" } as const;
  expect(atLeastCheckpointAge(level, 0, hour)).toBe(level);
  expect(atLeastCheckpointAge({ seconds: null, quality: "unknown" }, hour, hour).seconds).toBeNull();
});
