import { expect, it } from "vitest";
import { decodeChunk, encodeSample } from "#lib/history/samples/codec.ts";
import { toPoints } from "#lib/history/samples/points.ts";
import { rollUp } from "#lib/history/samples/roll-up.ts";
import { type Sample, unknownPartition } from "#lib/history/samples/sample.ts";
import { hourTier } from "#lib/history/samples/tiers.ts";

const start = Date.UTC(2026, 0, 15, 12);
const minute = 60_000;
const hour = 60 * minute;

function sample(at: number, perSecond: number): Sample {
  const level = { value: 1, max: 1, measured: 1, measuredMax: 1, lagSeconds: 0 };
  return {
    ...level,
    partitionsUnknown: 0,
    partitionsBounded: 0,
    lagSecondsIsLowerBound: false,
    at,
    holdsSeconds: 10,
    eventsInPerSecond: perSecond,
    eventsOutPerSecond: perSecond,
    partitions: [],
  };
}

function oneStep(samples: readonly Sample[], rolledHours: number) {
  const until = start + rolledHours * hour;
  const minutes = rollUp(
    samples.filter(({ at }) => at < until),
    minute,
  ).map((each) => ({ ...each, pointMs: minute }));
  const grid = { from: start, to: start + 6 * hour, stepSeconds: 6 * 3600, tier: hourTier };
  return toPoints([...minutes, ...samples.filter(({ at }) => at >= until)], grid, start + 6 * hour)[0];
}

it("gives the same rates for a step that is rolled up, raw, or both", () => {
  const samples: Sample[] = [];
  for (let at = start; at < start + 6 * hour; at += 10_000)
    samples.push(sample(at, at >= start + 5 * hour ? 600 : 0));
  for (const rolledHours of [0, 3, 5, 6]) {
    const point = oneStep(samples, rolledHours);
    expect(point?.eventsInPerSecond, `${rolledHours} hours`).toBeCloseTo(100, 0);
    expect(point?.eventsOutPerSecond, `${rolledHours} hours`).toBeCloseTo(100, 0);
  }
});

it("attributes unwatched time to no sample", () => {
  const looked = (at: number) => at < start + hour || at >= start + 5 * hour;
  const samples: Sample[] = [];
  for (let at = start; at < start + 6 * hour; at += 10_000)
    if (looked(at)) samples.push(sample(at, at < start + hour ? 300 : 100));
  for (const rolledHours of [0, 5, 6])
    expect(oneStep(samples, rolledHours)?.eventsInPerSecond, `${rolledHours} hours`).toBeCloseTo(200, 0);
});

it("keeps lower bounds of the time lag through every roll-up", () => {
  const bound = { ...sample(start + 10_000, 0), lagSecondsIsLowerBound: true };
  const partitions = [{ ...unknownPartition, value: 1, max: 1, lagSeconds: 5, lagSecondsIsLowerBound: true }];
  const samples = [
    sample(start, 0),
    { ...bound, partitions },
    {
      ...sample(start + 20_000, 0),
      partitions: partitions.map((each) => ({ ...each, lagSeconds: 2, lagSecondsIsLowerBound: false })),
    },
    sample(start + minute, 0),
  ];
  const [first, second] = rollUp(samples, minute);
  expect(first).toMatchObject({
    lagSecondsIsLowerBound: true,
    partitions: [{ lagSeconds: 5, lagSecondsIsLowerBound: true }],
  });
  expect(second).toMatchObject({ lagSecondsIsLowerBound: false });
  const kept = decodeChunk(encodeSample(first ?? bound, start), start, "all")[0];
  expect(kept).toMatchObject({
    lagSecondsIsLowerBound: true,
    partitions: [{ lagSecondsIsLowerBound: true }],
  });
  expect(oneStep(samples, 0)?.lagSecondsIsLowerBound).toBe(true);
  const notKnown = { ...bound, lagSeconds: null };
  expect(oneStep([notKnown], 0)).toMatchObject({ lagSeconds: null, lagSecondsIsLowerBound: false });
  expect(oneStep([sample(start, 0), notKnown], 0)).toMatchObject({
    lagSeconds: 0,
    lagSecondsIsLowerBound: true,
  });
});
