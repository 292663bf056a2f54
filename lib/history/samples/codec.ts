import type { EpochMs } from "#lib/core/time.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { type PartitionValue, type Sample, unknownPartition } from "./sample.ts";
import { secondsFromByte, secondsToByte } from "./seconds-byte.ts";

const hasMaxFlag = 1;
/** What is measured differs from the sums, or they leave something out: told behind all the rest. */
const hasTailFlag = 2;
/** The time behind is a lower bound: of the sums, and of some partitions, which are told behind all the rest. */
const isLowerBoundFlag = 4;
const hasLowerBoundsFlag = 8;
/** A bit of each packed value is taken; no count of events comes near. */
const largestValue = 2 ** 51;
const perSecondUnit = 1000;
const secondsUnit = 10;

/** Which partitions to unpack: none, all, or those with these numbers (ascending), in that order. */
export type PartitionPick = "sums" | "all" | readonly number[];

/**
 * A sample as bytes that can be appended to others of its chunk, about 2 a partition and 15 for the sums.
 * The tail and the lower bounds came later: a reader that does not know them steps over them, and a sample without
 * has all measured.
 * @param chunkStart at or before the sample's time
 */
export function encodeSample(sample: Sample, chunkStart: EpochMs): Uint8Array {
  const { partitions } = sample;
  const hasMax = sample.max !== sample.value || partitions.some(({ max, value }) => max !== value);
  const hasTail = needsTail(sample);
  const hasLowerBounds = partitions.some(({ lagSecondsIsLowerBound }) => lagSecondsIsLowerBound);
  const out = new ByteWriter();
  out.byte(
    (hasMax ? hasMaxFlag : 0) +
      (hasTail ? hasTailFlag : 0) +
      (sample.lagSecondsIsLowerBound ? isLowerBoundFlag : 0) +
      (hasLowerBounds ? hasLowerBoundsFlag : 0),
  );
  out.whole(sample.at - chunkStart);
  out.whole(Math.max(1, Math.ceil(sample.holdsSeconds)));
  out.optional(bounded(sample.value));
  if (hasMax) out.optional(bounded(sample.max));
  out.optional(scaled(sample.lagSeconds, secondsUnit));
  out.optional(scaled(sample.eventsInPerSecond, perSecondUnit));
  out.optional(scaled(sample.eventsOutPerSecond, perSecondUnit));
  out.whole(partitions.length);
  for (const { value, isPosition } of partitions) {
    const known = bounded(value);
    out.optional(known === null ? null : known * 2 + (isPosition ? 1 : 0));
  }
  if (hasMax) for (const { max } of partitions) out.optional(bounded(max));
  for (const { lagSeconds } of partitions) out.byte(secondsToByte(lagSeconds));
  if (hasTail) encodeTail(out, sample);
  if (hasLowerBounds)
    encodeBits(
      out,
      partitions.map(({ lagSecondsIsLowerBound }) => lagSecondsIsLowerBound),
    );
  return out.framed();
}

function needsTail(sample: Sample): boolean {
  const { value, max, measured, measuredMax, partitionsUnknown, partitions } = sample;
  const allMeasured = measured === value && measuredMax === max && partitionsUnknown === 0;
  return !allMeasured || partitions.some(({ isBound }) => isBound);
}

function encodeTail(out: ByteWriter, sample: Sample): void {
  const { measured, measuredMax, partitionsUnknown, partitions } = sample;
  out.optional(bounded(measured));
  out.optional(bounded(measuredMax));
  out.whole(partitionsUnknown);
  encodeBits(
    out,
    partitions.map(({ isBound }) => isBound),
  );
}

/** One bit a partition. */
function encodeBits(out: ByteWriter, bits: readonly boolean[]): void {
  for (let first = 0; first < bits.length; first += 8) {
    const eight = bits.slice(first, first + 8);
    out.byte(eight.reduce((byte, isSet, index) => byte + (isSet ? 2 ** index : 0), 0));
  }
}

/**
 * The samples of a chunk, oldest first, in whichever order they came. One that was written twice, because the first
 * answer was lost, counts once. @throws RangeError where the chunk was cut off
 * @param isWanted those of other times are stepped over, their partitions not unpacked
 */
export function decodeChunk(
  chunk: Uint8Array,
  chunkStart: EpochMs,
  pick: PartitionPick,
  isWanted: (at: EpochMs) => boolean = () => true,
): Sample[] {
  const samples: Sample[] = [];
  let isInOrder = true;
  const reader = new ByteReader(chunk);
  while (!reader.isAtEnd) {
    const end = reader.whole() + reader.position;
    const sample = decodeSample(reader, chunkStart, pick, isWanted);
    reader.position = end;
    if (sample === null) continue;
    const before = samples.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    if (sample.at < before) isInOrder = false;
    if (sample.at !== before) samples.push(sample);
  }
  if (isInOrder) return samples;
  samples.sort((a, b) => a.at - b.at);
  return samples.filter(({ at }, index) => at !== samples[index - 1]?.at);
}

interface Head {
  /** As far as it is told before the partitions, which follow. */
  sample: Sample;
  hasMax: boolean;
  hasTail: boolean;
  hasLowerBounds: boolean;
}

/** Reads a sample up to its partitions. */
export function decodeHead(reader: ByteReader, chunkStart: EpochMs): Head {
  const flags = reader.byte();
  const hasMax = (flags & hasMaxFlag) !== 0;
  const at = chunkStart + reader.whole();
  const holdsSeconds = reader.whole();
  const value = reader.optional();
  const max = hasMax ? reader.optional() : value;
  const sample: Sample = {
    at,
    holdsSeconds,
    value,
    max,
    measured: value,
    measuredMax: max,
    partitionsUnknown: 0,
    lagSeconds: unscaled(reader.optional(), secondsUnit),
    lagSecondsIsLowerBound: (flags & isLowerBoundFlag) !== 0,
    eventsInPerSecond: unscaled(reader.optional(), perSecondUnit),
    eventsOutPerSecond: unscaled(reader.optional(), perSecondUnit),
    partitions: [],
  };
  return {
    sample,
    hasMax,
    hasTail: (flags & hasTailFlag) !== 0,
    hasLowerBounds: (flags & hasLowerBoundsFlag) !== 0,
  };
}

function decodeSample(
  reader: ByteReader,
  chunkStart: EpochMs,
  pick: PartitionPick,
  isWanted: (at: EpochMs) => boolean,
): Sample | null {
  const { sample, hasMax, hasTail, hasLowerBounds } = decodeHead(reader, chunkStart);
  if (!isWanted(sample.at)) return null;
  if (pick === "sums" && !hasTail) return sample;
  const count = reader.whole();
  const numbers = pick === "all" ? Array.from({ length: count }, (_, n) => n) : pick === "sums" ? [] : pick;
  sample.partitions = decodePartitions(reader, count, numbers, hasMax);
  if (hasTail) decodeTail(reader, sample, count, numbers);
  if (hasLowerBounds)
    decodeBits(reader, sample, count, numbers, (partition, isSet) => {
      partition.lagSecondsIsLowerBound = isSet;
    });
  return sample;
}

function decodePartitions(
  reader: ByteReader,
  count: number,
  numbers: readonly number[],
  hasMax: boolean,
): PartitionValue[] {
  const values = pickOptionals(reader, count, numbers);
  const maxima = hasMax ? pickOptionals(reader, count, numbers) : null;
  const seconds = reader.position;
  const partitions = numbers.map((n, index): PartitionValue => {
    if (n >= count) return unknownPartition;
    const packed = values[index] ?? null;
    const value = packed === null ? null : Math.floor(packed / 2);
    reader.position = seconds + n;
    const lagSeconds = secondsFromByte(reader.byte());
    const isPosition = packed !== null && packed % 2 === 1;
    const max = maxima?.[index] ?? (maxima ? null : value);
    return { value, max, lagSeconds, lagSecondsIsLowerBound: false, isPosition, isBound: false };
  });
  reader.position = seconds + count;
  return partitions;
}

function decodeTail(reader: ByteReader, sample: Sample, count: number, numbers: readonly number[]): void {
  sample.measured = reader.optional();
  sample.measuredMax = reader.optional();
  sample.partitionsUnknown = reader.whole();
  decodeBits(reader, sample, count, numbers, (partition, isSet) => {
    partition.isBound = isSet;
  });
}

function decodeBits(
  reader: ByteReader,
  sample: Sample,
  count: number,
  numbers: readonly number[],
  set: (partition: PartitionValue, isSet: boolean) => void,
): void {
  const bits = reader.position;
  for (const [index, n] of numbers.entries()) {
    const partition = sample.partitions[index];
    if (partition === undefined || n >= count) continue;
    reader.position = bits + (n >> 3);
    set(partition, ((reader.byte() >> (n & 7)) & 1) === 1);
  }
  reader.position = bits + Math.ceil(count / 8);
}

/** Of `count` numbers those at these places; null for one past the end. */
function pickOptionals(reader: ByteReader, count: number, places: readonly number[]): (number | null)[] {
  let next = 0;
  const picked = places.map((place) => {
    if (place >= count) return null;
    reader.skipWholes(place - next);
    next = place + 1;
    return reader.optional();
  });
  reader.skipWholes(count - next);
  return picked;
}

function bounded(value: number | null): number | null {
  return value === null ? null : Math.min(largestValue, Math.max(0, Math.round(value)));
}

function scaled(value: number | null, unit: number): number | null {
  return value === null ? null : bounded(value * unit);
}

function unscaled(value: number | null, unit: number): number | null {
  return value === null ? null : value / unit;
}
