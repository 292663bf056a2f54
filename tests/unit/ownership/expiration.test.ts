import fc from "fast-check";
import { expect, it } from "vitest";
import { inferExpirationSeconds, renewalSeconds } from "#lib/ownership/expiration.ts";

it("prefers the configured over the observed value", () => {
  expect(inferExpirationSeconds({ configured: 5, observedIntervals: [30] }, "guarding")).toBe(5);
  expect(inferExpirationSeconds({ configured: null, observedIntervals: [15] }, "guarding")).toBe(90);
});

it("is 6 times the median interval, between 60 and 180 seconds", () => {
  expect(inferExpirationSeconds({ observedIntervals: [10, 500, 20] }, "showing")).toBe(120);
  expect(inferExpirationSeconds({ observedIntervals: [15, 25] }, "showing")).toBe(120);
  expect(inferExpirationSeconds({ observedIntervals: [2] }, "showing")).toBe(60);
  expect(inferExpirationSeconds({ observedIntervals: [31] }, "showing")).toBe(180);
});

it("guesses 120 seconds to show and 180 to guard without observations", () => {
  expect(inferExpirationSeconds({ observedIntervals: [] }, "showing")).toBe(120);
  expect(inferExpirationSeconds({ observedIntervals: [] }, "guarding")).toBe(180);
});

it("takes the processors' interval from observation, else from the configuration, else the slowest SDK's", () => {
  expect([renewalSeconds(60, 180), renewalSeconds(60, null), renewalSeconds(null, null)]).toEqual([
    30, 10, 30,
  ]);
});

it("never shows a longer expiry than it guards with", () => {
  const intervals = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }));
  fc.assert(
    fc.property(intervals, (observedIntervals) => {
      const showing = inferExpirationSeconds({ observedIntervals }, "showing");
      const guarding = inferExpirationSeconds({ observedIntervals }, "guarding");
      expect(showing).toBeGreaterThanOrEqual(60);
      expect(guarding).toBeLessThanOrEqual(180);
      expect(showing).toBeLessThanOrEqual(guarding);
    }),
  );
});
