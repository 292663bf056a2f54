import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeChunk, encodeSample } from "#lib/history/samples/codec.ts";
import type { PartitionValue, Sample } from "#lib/history/samples/sample.ts";

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
  .record({ value: count, max: count, lagSeconds: fc.constantFrom(null, 0), isPosition: fc.boolean() })
  .map((each) => (each.value === null ? { ...each, isPosition: false } : each));
const samples = fc
  .array(
    fc.record({
      holdsSeconds: fc.integer({ min: 1, max: 3600 }),
      value: count,
      max: count,
      lagSeconds: tenths,
      eventsInPerSecond: rate,
      eventsOutPerSecond: rate,
      partitions: fc.array(partition, { maxLength: 40 }),
    }),
    { maxLength: 8 },
  )
  .map((all) => all.map((each, index): Sample => ({ ...each, at: start + index * 7_777 })));

function chunkOf(all: readonly Sample[]): Uint8Array {
  return Buffer.concat(all.map((each) => encodeSample(each, start)));
}

it("gives back every sample of a chunk", () => {
  fc.assert(
    fc.property(samples, (all) => {
      expect(decodeChunk(chunkOf(all), start, "all")).toEqual(all);
    }),
  );
});

it("unpacks one partition, or none, alike", () => {
  fc.assert(
    fc.property(samples, fc.nat({ max: 41 }), (all, index) => {
      const unknown = { value: null, max: null, lagSeconds: null, isPosition: false };
      const one = all.map((each) => ({ ...each, partitions: [each.partitions[index] ?? unknown] }));
      expect(decodeChunk(chunkOf(all), start, index)).toEqual(one);
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
        lagSeconds,
        eventsInPerSecond: null,
        eventsOutPerSecond: null,
        partitions: [{ value: 1, max: 1, lagSeconds, isPosition: true }],
      };
      const kept = decodeChunk(encodeSample(sample, start), start, 0)[0]?.partitions[0]?.lagSeconds ?? 0;
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

it("says where a chunk was cut off", () => {
  const whole = chunkOf(
    fc.sample(
      samples.filter(({ length }) => length > 0),
      1,
    )[0] ?? [],
  );
  expect(() => decodeChunk(whole.subarray(0, 3), start, "all")).toThrow(/cut off/);
});
