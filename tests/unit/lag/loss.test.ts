import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expiringPerSecond, type LossInput, secondsUntilLoss } from "#lib/lag/loss.ts";
import { positionsOf } from "./rings.ts";

const stepping = (step: number, size: number, until: number, every = 10) =>
  positionsOf(
    Array.from({ length: until / every + 1 }, (_, index) => [
      Math.floor((index * every) / step) * size,
      index * every,
    ]),
  );

describe("the speed of the beginning", () => {
  it("is taken from its steps, however far apart", () => {
    expect(expiringPerSecond(stepping(10, 50, 900), 900_000)).toBeCloseTo(5);
    expect(expiringPerSecond(stepping(600, 3_000, 3_600), 3_600_000)).toBeCloseTo(5);
  });

  it("is unknown until it was seen to move twice", () => {
    expect(expiringPerSecond(positionsOf([[5, 0]]), 0)).toBeNull();
    expect(
      expiringPerSecond(
        positionsOf([
          [5, 0],
          [5, 600],
        ]),
        600_000,
      ),
    ).toBeNull();
    expect(
      expiringPerSecond(
        positionsOf([
          [5, 0],
          [9, 600],
        ]),
        600_000,
      ),
    ).toBeNull();
    expect(
      expiringPerSecond(
        positionsOf([
          [5, 0],
          [9, 600],
          [13, 602],
        ]),
        602_000,
      ),
    ).toBe(2);
  });

  it("covers the last five minutes when it moves all the time", () => {
    const faster = positionsOf([
      ...Array.from({ length: 60 }, (_, index) => [index * 10, index * 10] as const),
      ...Array.from({ length: 60 }, (_, index) => [600 + index * 100, 600 + index * 10] as const),
    ]);
    expect(expiringPerSecond(faster, 1_190_000)).toBeCloseTo(10);
  });

  it("falls while the next step is overdue, and not before", () => {
    const ring = stepping(60, 60, 600);
    expect(expiringPerSecond(ring, 600_000)).toBeCloseTo(1);
    expect(expiringPerSecond(ring, 660_000)).toBeCloseTo(1);
    expect(expiringPerSecond(ring, 960_000)).toBeCloseTo(0.5);
  });

  it("starts anew with the hub", () => {
    expect(
      expiringPerSecond(
        positionsOf([
          [5, 0],
          [9, 10],
          [20, 20],
          [0, 30],
        ]),
        30_000,
      ),
    ).toBeNull();
  });
});

const known: LossInput = {
  lag: 100,
  position: 109,
  beginningSequenceNumber: 100,
  retentionUsed: 0.1,
  status: "stop",
  expiringPerSecond: 2,
  pace: { eventsInPerSecond: 20, eventsOutPerSecond: 0 },
  outPerSecond: 0,
};

const rates = (into: number, out: number) => ({
  outPerSecond: out,
  pace: { eventsInPerSecond: into, eventsOutPerSecond: out },
});

describe("the time until the first unread event is lost", () => {
  it("is how long the beginning takes to pass it", () => {
    // Events 100 to 110 must leave: eleven, at two a second.
    expect(secondsUntilLoss(known)).toBe(5.5);
    expect(secondsUntilLoss({ ...known, position: 99 })).toBe(0.5);
  });

  it("is 0 once it has left", () => {
    expect(secondsUntilLoss({ ...known, position: 98 })).toBe(0);
    expect(secondsUntilLoss({ ...known, position: 98, expiringPerSecond: null })).toBe(0);
    // Retention removed everything that waited and nothing came since, which is a loss too.
    expect(secondsUntilLoss({ ...known, position: 98, lag: 0, status: "ok" })).toBe(0);
  });

  it("counts what the group reads meanwhile", () => {
    expect(secondsUntilLoss({ ...known, outPerSecond: 1 })).toBe(11);
    expect(secondsUntilLoss({ ...known, outPerSecond: 2 })).toBeNull();
    expect(secondsUntilLoss({ ...known, outPerSecond: null })).toBe(5.5);
  });

  it("is null for a group that keeps pace, unless half of the stream is unread", () => {
    for (const status of ["ok", "unknown"] as const) {
      expect(secondsUntilLoss({ ...known, status })).toBeNull();
      expect(secondsUntilLoss({ ...known, status, retentionUsed: 0.5 })).toBe(5.5);
    }
    const slow = { ...known, status: "warn", expiringPerSecond: 41 } as const;
    expect(secondsUntilLoss({ ...slow, ...rates(20, 19) })).toBeNull();
    expect(secondsUntilLoss({ ...slow, ...rates(20, 18.9) })).toBeCloseTo(11 / 22.1);
    expect(secondsUntilLoss({ ...slow, ...rates(20, 19), retentionUsed: 0.5 })).toBe(0.5);
    expect(secondsUntilLoss({ ...slow, ...rates(0, 0) })).toBeCloseTo(11 / 41);
  });

  it.each([
    ["nothing waits", { lag: 0 }],
    ["the lag is not known", { lag: null }],
    ["there is no checkpoint", { position: null }],
    ["the beginning is not known", { beginningSequenceNumber: null }],
    ["the beginning was not seen to move", { expiringPerSecond: null }],
  ])("is unknown when %s", (_, over) => {
    expect(secondsUntilLoss({ ...known, ...over })).toBeNull();
  });

  it("is exact to the event on a steady stream", () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 50 }), fc.nat(49), (ahead, expiring, out) => {
        const seconds = secondsUntilLoss({
          ...known,
          ...rates(100, out),
          position: 99 + ahead,
          beginningSequenceNumber: 100,
          expiringPerSecond: expiring,
        });
        if (expiring <= out) expect(seconds).toBeNull();
        else {
          // The beginning is then just past the next unread event.
          const [begin, position] = [100 + expiring * (seconds ?? 0), 99 + ahead + out * (seconds ?? 0)];
          expect(begin - (position + 1)).toBeCloseTo(1);
        }
      }),
    );
  });
});
