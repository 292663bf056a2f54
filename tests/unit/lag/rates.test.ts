import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PositionRing } from "#lib/lag/positions.ts";
import { addCheckpointReading, catchUpSeconds, checkpointRates, ratePerSecond } from "#lib/lag/rates.ts";

function ringOf(...pairs: [value: number, second: number][]): PositionRing {
  const ring = new PositionRing();
  for (const [value, second] of pairs) ring.add(value, second * 1000);
  return ring;
}

describe("events in", () => {
  it("counts over the window, or over the known part of it", () => {
    expect(ratePerSecond(ringOf([0, 0], [100, 10]), 10_000)).toBe(10);
    const faster = ringOf([0, 0], [100, 100], [700, 160]);
    expect(ratePerSecond(faster, 160_000)).toBe(10);
    expect(ratePerSecond(faster, 160_000, 110_000)).toBeCloseTo(650 / 110);
  });

  it("interpolates the window's start from any observations around it", () => {
    expect(ratePerSecond(ringOf([0, 0], [1200, 120]), 120_000)).toBe(10);
    expect(ratePerSecond(ringOf([0, 0], [0, 3600]), 3_600_000)).toBe(0);
  });

  it("does not spread events over an unwatched time", () => {
    const ring = new PositionRing(undefined, 60_000);
    const day = 86_400;
    for (const [value, second] of [
      [0, 0],
      [0, 10],
      [9_000_000, day],
    ] as const)
      ring.add(value, second * 1000);
    expect(ratePerSecond(ring, day * 1000)).toBeNull();
    ring.add(9_000_050, (day + 10) * 1000);
    expect(ratePerSecond(ring, (day + 10) * 1000)).toBe(5);
    // An unchanged value means that nothing came.
    const idle = new PositionRing(undefined, 60_000);
    for (const second of [0, 10, day]) idle.add(7, second * 1000);
    expect(ratePerSecond(idle, day * 1000)).toBe(0);
  });

  it("is unknown at the first observation of a hub with a fresh event, and 0 with an older one", () => {
    const ring = new PositionRing();
    ring.add(5, 100_000, 99_000);
    expect(ratePerSecond(ring, 100_000)).toBeNull();
    ring.add(15, 109_000);
    expect(ratePerSecond(ring, 109_000)).toBe(1);
    const idle = new PositionRing();
    idle.add(5, 100_000, 40_000);
    expect(ratePerSecond(idle, 100_000)).toBe(0);
  });

  it("is unknown with one observation, after the value fell, and once the last observation is outside the window", () => {
    expect(ratePerSecond(ringOf(), 0)).toBeNull();
    expect(ratePerSecond(ringOf([5, 0]), 0)).toBeNull();
    expect(ratePerSecond(ringOf([5, 0], [9, 10], [2, 20]), 20_000)).toBeNull();
    expect(ratePerSecond(ringOf([5, 0], [9, 10]), 70_000)).toBeNull();
    expect(ratePerSecond(ringOf([5, 10], [9, 10]), 10_000)).toBeNull();
  });

  it("is never negative, nor above the fastest step", () => {
    const step = fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 90 }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), fc.nat(59), (steps, later) => {
        const ring = ringOf([0, 0]);
        let [value, second, fastest] = [0, 0, 0];
        for (const [up, wait] of steps) {
          value += up;
          second += wait;
          fastest = Math.max(fastest, up / wait);
          ring.add(value, second * 1000);
        }
        const rate = ratePerSecond(ring, (second + later) * 1000);
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(rate).toBeLessThanOrEqual(fastest + 1e-6);
      }),
    );
  });
});

describe("events out", () => {
  const checkpointRateWatchedSince = (readings: PositionRing, now: number, since: number | null) =>
    checkpointRates(readings, now, since).perSecond;
  const checkpointRatePerSecond = (readings: PositionRing, now: number) =>
    checkpointRateWatchedSince(readings, now, 0);

  function watched(everySeconds: number, perCommit: number, seconds: number): PositionRing {
    const ring = new PositionRing();
    for (let now = 0; now <= seconds; now += 10) {
      const commits = Math.floor(now / everySeconds);
      addCheckpointReading(ring, commits * perCommit, commits * everySeconds * 1000, now * 1000);
    }
    return ring;
  }

  it.each([5, 10, 30, 300])("does not depend on the frequency of checkpoints (every %i s)", (every) => {
    for (const seconds of [1800, 1810, 1850, 1890]) {
      expect(checkpointRatePerSecond(watched(every, every * 7, seconds), seconds * 1000)).toBeCloseTo(7);
    }
  });

  it("is 0 once nothing moved for the window and longer than usual", () => {
    const ring = watched(10, 70, 600);
    expect(checkpointRatePerSecond(ring, 661_000)).toBe(0);
    const rare = watched(300, 2100, 900);
    expect(checkpointRatePerSecond(rare, 1_200_000)).toBeCloseTo(7);
    expect(checkpointRatePerSecond(rare, 1_201_000)).toBe(0);
  });

  it("falls once a checkpoint is overdue", () => {
    const ring = watched(10, 70, 600);
    expect(checkpointRatePerSecond(ring, 620_000)).toBeCloseTo(7);
    // The minute before has 30 s at 7 a second and 30 s at none.
    expect(checkpointRatePerSecond(ring, 630_000)).toBeCloseTo(3.5);
    expect(checkpointRatePerSecond(ring, 650_000)).toBeCloseTo(7 / 6);
    // A checkpoint that came late before gets as much time again.
    const uneven = ringOf();
    for (const second of [0, 5, 25, 30])
      addCheckpointReading(uneven, second * 7, second * 1000, second * 1000);
    expect(checkpointRatePerSecond(uneven, 70_000)).toBeCloseTo(7);
    expect(checkpointRatePerSecond(uneven, 71_000)).toBeCloseTo((25 * 7) / 66);
  });

  it("is unknown at the first observation of a fresh checkpoint, and after a rewind", () => {
    const ring = ringOf();
    expect(checkpointRatePerSecond(ring, 0)).toBeNull();
    addCheckpointReading(ring, 50, 0, 5_000);
    expect(checkpointRatePerSecond(ring, 5_000)).toBeNull();
    expect(checkpointRatePerSecond(ring, 61_000)).toBe(0);
    addCheckpointReading(ring, 80, 62_000, 65_000);
    addCheckpointReading(ring, 10, 72_000, 75_000);
    expect(checkpointRatePerSecond(ring, 75_000)).toBeNull();
  });

  it("is unknown at the first observation of an older checkpoint too, until it was watched", () => {
    const ring = ringOf();
    addCheckpointReading(ring, 50, 0, 300_000);
    expect(checkpointRateWatchedSince(ring, 300_000, null)).toBeNull();
    expect(checkpointRateWatchedSince(ring, 360_000, 300_000)).toBeNull();
    expect(checkpointRateWatchedSince(ring, 361_000, 300_000)).toBe(0);
    // The distance of two is known even if nobody watched then.
    const two = ringOf([20, 0], [50, 10]);
    expect(checkpointRateWatchedSince(two, 300_000, 300_000)).toBe(0);
  });
});

describe("events out after a standstill", () => {
  const all = (from: number, until: number, every: number) =>
    Array.from({ length: Math.floor((until - from) / every) + 1 }, (_, index) => from + index * every);

  /** Seven events a second until the standstill and after it, seen every ten seconds. */
  function ratesAt(second: number, { commits, skip = [] }: { commits: number[]; skip?: number[] }) {
    const ring = new PositionRing();
    let worked = 0;
    let [seenAt, position] = [0, 0];
    for (let now = 0; now <= second; now += 10) {
      for (const at of commits.filter((each) => each > seenAt && each <= now)) {
        worked += Math.min(10, at - seenAt) * 7;
        [seenAt, position] = [at, worked];
      }
      if (!skip.includes(now)) addCheckpointReading(ring, position, seenAt * 1000, now * 1000);
    }
    return checkpointRates(ring, second * 1000, 0);
  }
  const paused = (until: number) => [...all(10, 600, 10), ...all(until, until + 200, 10)];

  it("are those since the group resumed: an estimate with the first checkpoint, known with the second", () => {
    const commits = paused(760);
    // The one before was last seen at 750 and is usually followed within 10 s.
    expect(ratesAt(760, { commits }).perSecond).toBeCloseTo(70 / 20);
    for (const second of [770, 780, 820, 850])
      expect(ratesAt(second, { commits }).perSecond, String(second)).toBeCloseTo(7);
    expect(ratesAt(740, { commits }).perSecond).toBe(0);
  });

  it("count the time until then where the next checkpoint was seen to be late, but not yet overdue", () => {
    // Seen standing for 20 s, twice the usual time, and for 30 s.
    expect(ratesAt(640, { commits: paused(630) }).perSecond).toBeCloseTo((4 * 70) / 60);
    expect(ratesAt(650, { commits: paused(640) }).perSecond).toBeCloseTo(7);
  });

  it("take no time for a standstill in which nobody looked", () => {
    const skip = [610, 620, 630];
    expect(ratesAt(650, { commits: paused(640), skip }).perSecond).toBeLessThan(6);
    expect(ratesAt(650, { commits: paused(640), skip: [610, 620] }).perSecond).toBeCloseTo(7);
  });

  it("follow a group that from now on checkpoints less often from its second interval on", () => {
    const commits = [...all(10, 600, 10), ...all(640, 1_200, 40)];
    const rate = (second: number) => ratesAt(second, { commits }).perSecond ?? 0;
    expect(rate(650)).toBeGreaterThan(70 / 60);
    for (const second of [680, 720, 760]) expect(rate(second), String(second)).toBeCloseTo(70 / 40);
  });

  it("recognize one standstill after another", () => {
    const commits = [...all(10, 600, 10), ...all(760, 790, 10), ...all(940, 990, 10)];
    expect(ratesAt(950, { commits }).perSecond).toBeCloseTo(7);
    expect(ratesAt(980, { commits }).perSecond).toBeCloseTo(7);
  });

  it("count standstills where it matters how soon retention catches up with the group", () => {
    // Works for 30 s of every two minutes, so 210 events go out in 120 s.
    const commits = all(0, 1_200, 120).flatMap((at) => [at + 10, at + 20, at + 30]);
    const rates = all(370, 1_200, 10).map((second) => ratesAt(second, { commits }));
    expect(Math.max(...rates.map(({ perSecond }) => perSecond ?? 0))).toBeCloseTo(7);
    for (const { withStandstills } of rates) expect(withStandstills).toBeLessThan(2.5);
  });

  it("are as before for a group that always pauses for as long", () => {
    for (const every of [300, 600, 3_600]) {
      const commits = all(every, 4 * every, every);
      for (const second of [2 * every + 10, 3 * every + 10, 3 * every + 100]) {
        expect(ratesAt(second, { commits }).perSecond, String(every)).toBeCloseTo(70 / every);
        expect(ratesAt(second, { commits }).overWindow, String(every)).toBeCloseTo(70 / every);
      }
    }
  });

  it("are those of the window, over the window, after a pause in which nothing waited", () => {
    const ring = new PositionRing();
    let position = 0;
    for (let second = 0; second <= 4_220; second += 10) {
      if (second <= 600 || second > 4_200) position += 70;
      const at = second <= 600 || second > 4_200 ? second : 600;
      addCheckpointReading(ring, position, at * 1000, second * 1000);
    }
    expect(checkpointRates(ring, 4_220_000, 0, () => 0).perSecond).toBeCloseTo(140 / 60);
    expect(checkpointRates(ring, 4_220_000, 0, () => 3_600_000).perSecond).toBeCloseTo(7);
  });

  it("are as many as come in where events come seldom and unevenly, read at once", () => {
    const ring = new PositionRing();
    let [sum, position, at, next, random] = [0, 0, 0, 5, 1];
    for (let second = 0; second <= 20_000; second += 10) {
      while (next <= second) {
        position += 1;
        at = next;
        random = (random * 48_271) % 2_147_483_647;
        next += Math.ceil(-30 * Math.log(random / 2_147_483_647));
      }
      addCheckpointReading(ring, position, at * 1000, second * 1000);
      sum += (checkpointRates(ring, second * 1000, 0, () => 0).perSecond ?? 0) * 10;
    }
    expect(position).toBeGreaterThan(500);
    expect(sum / position).toBeGreaterThan(0.95);
    expect(sum / position).toBeLessThan(1.05);
  });

  it("add up over time, with a standstill or without", () => {
    for (const until of [610, 620, 630, 640, 700, 760, 1_200]) {
      const commits = paused(until);
      let sum = 0;
      for (let second = 510; second <= until + 190; second += 10)
        sum += (ratesAt(second, { commits }).overWindow ?? Number.NaN) * 10;
      const worked = commits.filter((at) => at > 500 && at <= until + 190).length * 70;
      expect(sum / worked, String(until)).toBeGreaterThan(0.93);
      expect(sum / worked, String(until)).toBeLessThan(1.07);
    }
  });
});

it("catches up only when more goes out than comes in", () => {
  expect(catchUpSeconds(100, 5, 15)).toBe(10);
  expect(catchUpSeconds(100, 15, 15)).toBeNull();
  expect(catchUpSeconds(100, 15, 5)).toBeNull();
  expect(catchUpSeconds(0, 15, 5)).toBe(0);
  expect(catchUpSeconds(null, 1, 2)).toBeNull();
  expect(catchUpSeconds(1, null, 2)).toBeNull();
  expect(catchUpSeconds(1, 1, null)).toBeNull();
});
