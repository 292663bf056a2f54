import fc from "fast-check";
import { expect, it } from "vitest";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import { noRenewals, observeRenewals, type RenewalTracker } from "#lib/ownership/renewals.ts";
import { now, ownership } from "./samples.ts";

const look = (tracker: RenewalTracker, second: number, ...stored: StoredOwnership[]): RenewalTracker =>
  observeRenewals(tracker, new Map(stored.map((one) => [one.partitionId, one])), now + second * 1000);

const renewed = (partitionId: string, ownerId: string | null, second: number) =>
  ownership(partitionId, ownerId, -second);

function observed(interval: number, refresh: number): readonly number[] {
  let tracker = noRenewals;
  for (let second = 0; second <= 600; second += refresh) {
    tracker = look(tracker, second, renewed("0", "a", Math.floor(second / interval) * interval));
  }
  return [...new Set(tracker.observedIntervals)];
}

it("observes nothing at the first observation, nor while nothing is renewed", () => {
  const first = look(noRenewals, 0, renewed("0", "a", 0));
  expect(first.observedIntervals).toEqual([]);
  expect(look(first, 10, renewed("0", "a", 0)).observedIntervals).toEqual([]);
});

it("counts only when the same owner renewed the same partition", () => {
  const first = look(noRenewals, 0, renewed("0", "a", 0), renewed("1", "b", 0), renewed("2", "c", 0));
  const next = look(
    first,
    5,
    renewed("0", "a", 5),
    renewed("1", "a", 5),
    renewed("2", "", 5),
    renewed("3", "d", 5),
  );
  expect(next.observedIntervals).toEqual([5]);
  const broken = look(look(noRenewals, 0, renewed("0", null, 0)), 5, renewed("0", null, 5));
  expect(broken.observedIntervals).toEqual([]);
});

it("counts an owner of many partitions once a look", () => {
  const first = look(noRenewals, 0, renewed("0", "a", 0), renewed("1", "a", 0), renewed("2", "b", 0));
  const next = look(first, 12, renewed("0", "a", 10), renewed("1", "a", 12), renewed("2", "b", 8));
  expect(next.observedIntervals).toEqual([11, 8]);
});

it.each([
  [10, 2, [10]],
  [10, 10, [10]],
  [30, 10, [30]],
  [30, 15, [30]],
])("sees renewals every %i s at an observation every %i s", (interval, refresh, expected) => {
  expect(observed(interval, refresh)).toEqual(expected);
});

it.each([
  [10, 60],
  [30, 60],
  [30, 30],
])(
  "does not take several renewals between two observations for one (every %i s, an observation every %i s)",
  (interval, refresh) => {
    expect(observed(interval, refresh)).toEqual([]);
  },
);

it("keeps a bounded number of whole multiples of the true interval, none longer than it unless harmless", () => {
  const seconds = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(seconds, seconds, (interval, refresh) => {
      let tracker = noRenewals;
      for (let second = 0; second <= 100 * refresh; second += refresh) {
        tracker = look(tracker, second, renewed("0", "a", Math.floor(second / interval) * interval));
      }
      expect(tracker.observedIntervals.length).toBeLessThanOrEqual(60);
      for (const observedInterval of tracker.observedIntervals) {
        expect(observedInterval % interval).toBe(0);
        expect(observedInterval === interval || observedInterval <= 20).toBe(true);
      }
    }),
  );
});
