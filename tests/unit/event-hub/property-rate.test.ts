import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { PropertyRate, rateOf } from "#lib/event-hub/rate/property-rate.ts";

const { signal } = new AbortController();

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function turnsWithin(rate: PropertyRate, count: number, ms: number, first = false): Promise<number> {
  let had = 0;
  for (let asked = 0; asked < count; asked += 1) {
    void rate.turn({ signal, first }).then(() => {
      had += 1;
    });
  }
  await vi.advanceTimersByTimeAsync(ms);
  return had;
}

/** Now, as a read that is sent after all that came before. */
async function sentLater(rate: PropertyRate): Promise<number> {
  await vi.advanceTimersByTimeAsync(1);
  return rate.now();
}

it("is unlimited until the service says that it is busy", async () => {
  const rate = new PropertyRate();
  expect([rate.perSecond, rate.msFor(1_000), await turnsWithin(rate, 2_000, 0)]).toEqual([null, 0, 2_000]);
});

it("halves at each busy answer, down to 40 a second, and rises by a tenth a minute", async () => {
  const rate = new PropertyRate();
  await turnsWithin(rate, 1_000, 0);
  const sentAt = await sentLater(rate);
  rate.noteBusy(sentAt);
  expect([rate.perSecond, rate.isBusy]).toEqual([500, true]);
  // Reads that were already under way change nothing.
  await vi.advanceTimersByTimeAsync(1);
  rate.noteBusy(sentAt - 1);
  expect(rate.perSecond).toBeCloseTo(500, 1);
  for (const expected of [250, 125, 62.5, 40, 40]) {
    rate.noteBusy(await sentLater(rate));
    expect(rate.perSecond).toBeCloseTo(expected, 0);
  }
  expect(rate.msFor(1_024)).toBeCloseTo(25_600, -1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rate.perSecond).toBeCloseTo(44, 1);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect([rate.perSecond, rate.isBusy]).toEqual([null, false]);
});

it("starts at 40 a second when fewer than 80 reads a second were sent", async () => {
  const rate = new PropertyRate();
  await turnsWithin(rate, 10, 0);
  rate.noteBusy(await sentLater(rate));
  expect(rate.perSecond).toBe(40);
});

it("never exceeds the ceiling, and says what limits it", async () => {
  const rate = new PropertyRate({ ceiling: 60 });
  expect([rate.perSecond, rate.isBusy]).toEqual([60, false]);
  const had = await turnsWithin(rate, 200, 1_000);
  expect(had).toBeGreaterThan(55);
  expect(had).toBeLessThan(66);
  rate.noteBusy(await sentLater(rate));
  expect([rate.perSecond, rate.isBusy]).toEqual([40, true]);
  await vi.advanceTimersByTimeAsync(600_000);
  expect([rate.perSecond, rate.isBusy]).toEqual([60, false]);
});

it("slows loopback and the emulator only by a ceiling", () => {
  const rate = new PropertyRate({ slows: false, ceiling: 100 });
  rate.noteBusy(rate.now());
  expect([rate.perSecond, rate.isBusy]).toEqual([100, false]);
});

it("serves resets before refreshes, and rejects aborted readers", async () => {
  const rate = new PropertyRate({ ceiling: 10 });
  await turnsWithin(rate, 50, 1_000);
  expect(await turnsWithin(rate, 5, 600, true)).toBe(5);
  const leaving = new AbortController();
  const left = rate.turn({ signal: leaving.signal });
  leaving.abort(new Error("It was stopped."));
  await expect(left).rejects.toThrow("It was stopped.");
});

it("is shared by all readers of a hub in any casing, with the newest ceiling", () => {
  const one = rateOf("contoso.example/Orders", { ceiling: 10 });
  const other = rateOf("contoso.example/orders", { ceiling: 20 });
  expect([one === other, one.perSecond]).toEqual([true, 20]);
});
