import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeChunk, encodeSample } from "#lib/history/samples/codec.ts";
import { PartitionMaxima } from "#lib/history/samples/partition-maxima.ts";
import { type PartitionValue, type Sample, unknownPartition } from "#lib/history/samples/sample.ts";

const start = Date.UTC(2026, 0, 15, 12);
const count = fc.option(fc.nat({ max: 2 ** 51 }), { nil: null });
const rate = fc.option(
  fc.nat({ max: 10_000_000 }).map((milli) => milli / 1000),
  { nil: null },
);
const tenths = fc.option(
  fc.nat({ max: 100_000_000 }).map((each) => each / 10),
  { nil: null },
);
const partition: fc.Arbitrary<PartitionValue> = fc
  .record({
    value: count,
    max: count,
    lagSeconds: fc.constantFrom(null, 0),
    lagSecondsIsLowerBound: fc.boolean(),
    isPosition: fc.boolean(),
    isBound: fc.boolean(),
  })
  .map((each) => (each.value === null ? { ...each, isPosition: false } : each));
const samples = fc
  .array(
    fc.record({
      holdsSeconds: fc.integer({ min: 1, max: 3600 }),
      value: count,
      max: count,
      measured: count,
      measuredMax: count,
      partitionsUnknown: fc.nat({ max: 2_000 }),
      lagSeconds: tenths,
      lagSecondsIsLowerBound: fc.boolean(),
      eventsInPerSecond: rate,
      eventsOutPerSecond: rate,
      partitions: fc.array(partition, { maxLength: 40 }),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all.map(
      (each, index): Sample => ({
        ...each,
        partitionsBounded: each.partitions.filter(({ isBound }) => isBound).length,
        at: start + index * 7_777,
      }),
    ),
  );

function chunkOf(all: readonly Sample[]): Uint8Array {
  return Buffer.concat(all.map((each) => encodeSample(each, start)));
}

it("reads back every sample of a chunk", () => {
  fc.assert(
    fc.property(samples, (all) => {
      expect(decodeChunk(chunkOf(all), start, "all")).toEqual(all);
    }),
  );
});

it("unpacks some partitions, or none, alike", () => {
  const picks = fc.uniqueArray(fc.nat({ max: 41 })).map((some) => some.sort((a, b) => a - b));
  fc.assert(
    fc.property(samples, picks, (all, pick) => {
      const some = all.map((each) => ({
        ...each,
        partitions: pick.map((n) => each.partitions[n] ?? unknownPartition),
      }));
      expect(decodeChunk(chunkOf(all), start, pick)).toEqual(some);
      const none = all.map((each) => ({ ...each, partitions: [] }));
      expect(decodeChunk(chunkOf(all), start, "sums")).toEqual(none);
    }),
  );
});

it("keeps a partition's seconds within 4 % from a tenth of a second to a month", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 30 * 86_400, noNaN: true }), (lagSeconds) => {
      const sample: Sample = {
        at: start,
        holdsSeconds: 10,
        value: 1,
        max: 1,
        measured: 1,
        measuredMax: 1,
        partitionsUnknown: 0,
        partitionsBounded: 0,
        lagSeconds,
        lagSecondsIsLowerBound: false,
        eventsInPerSecond: null,
        eventsOutPerSecond: null,
        partitions: [{ ...unknownPartition, value: 1, max: 1, lagSeconds, isPosition: true }],
      };
      const kept = decodeChunk(encodeSample(sample, start), start, [0])[0]?.partitions[0]?.lagSeconds ?? 0;
      expect(Math.abs(kept / lagSeconds - 1)).toBeLessThan(0.04);
    }),
  );
});

it("counts a sample once that was written twice", () => {
  const [sample] =
    fc.sample(
      samples.filter(({ length }) => length > 0),
      1,
    )[0] ?? [];
  if (sample === undefined) throw new Error("no sample");
  expect(decodeChunk(chunkOf([sample, sample]), start, "all")).toEqual([sample]);
});

it("reports a truncated chunk", () => {
  const whole = chunkOf(
    fc.sample(
      samples.filter(({ length }) => length > 0),
      1,
    )[0] ?? [],
  );
  expect(() => decodeChunk(whole.subarray(0, 3), start, "all")).toThrow(/cut off/);
});

it("reads samples from before bounds were stored as measured", () => {
  // Version 2 of the database: a lag of 42 in total, at most 50; two partitions with 40 and 2.
  const before = Uint8Array.from([17, 1, 232, 7, 10, 43, 51, 71, 0, 245, 3, 2, 82, 5, 46, 6, 63, 63]);
  const [sample] = decodeChunk(before, start, "all");
  expect(sample).toMatchObject({
    at: start + 1_000,
    value: 42,
    max: 50,
    measured: 42,
    measuredMax: 50,
    partitionsUnknown: 0,
    eventsOutPerSecond: 0.5,
  });
  expect(sample?.partitions.map(({ value, max, isBound }) => [value, max, isBound])).toEqual([
    [40, 45, false],
    [2, 5, false],
  ]);
});

it("finds each partition's largest measured lag within a range", () => {
  fc.assert(
    fc.property(samples, fc.nat({ max: 9 }), fc.nat({ max: 9 }), (all, first, count) => {
      const range = { from: start + first * 7_777, to: start + (first + count) * 7_777 };
      const maxima = new PartitionMaxima();
      maxima.add(chunkOf(all), start, range);
      const within = all.filter(({ at }) => at >= range.from && at < range.to);
      for (let n = 0; n < 41; n += 1) {
        const known = within.flatMap(({ partitions }) => {
          const each = partitions[n];
          return each === undefined || each.isBound || each.max === null ? [] : [each.max];
        });
        expect(maxima.of(n)).toBe(known.length === 0 ? null : Math.max(...known));
      }
    }),
  );
});
