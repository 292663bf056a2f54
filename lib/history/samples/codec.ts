import type { EpochMs } from "#lib/core/time.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { type PartitionValue, type Sample, unknownPartition } from "./sample.ts";
import { secondsFromByte, secondsToByte } from "./seconds-byte.ts";

const hasMaxFlag = 1;
/** A tail after everything else: measured values differ from the sums, or partitions are missing. */
const hasTailFlag = 2;
/** Lag in seconds is a lower bound: of the sums, and of partitions listed at the end. */
const isLowerBoundFlag = 4;
const hasLowerBoundsFlag = 8;
/** One bit of each packed value is used as a flag; no count of events comes near. */
const largestValue = 2 ** 51;
const perSecondUnit = 1000;
const secondsUnit = 10;

/** Partitions to unpack: none, all, or these numbers (ascending). */
export type PartitionPick = "sums" | "all" | readonly number[];

/**
 * Packs a sample to append to its chunk: about 2 bytes a partition and 15 for the sums. Older readers skip
 * the tail and the lower bounds; a sample without a tail is all measured.
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

function encodeBits(out: ByteWriter, bits: readonly boolean[]): void {
  for (let first = 0; first < bits.length; first += 8) {
    const eight = bits.slice(first, first + 8);
    out.byte(eight.reduce((byte, isSet, index) => byte + (isSet ? 2 ** index : 0), 0));
  }
}

/**
 * Unpacks a chunk's samples, sorted by time. A sample written twice after a lost answer counts once.
 * @throws RangeError for a truncated chunk
 * @param isWanted other times are skipped without unpacking partitions
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
  sample: Sample;
  hasMax: boolean;
  hasTail: boolean;
  hasLowerBounds: boolean;
}

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
    partitionsBounded: 0,
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
  const bits = reader.position;
  for (let first = 0; first < count; first += 8) sample.partitionsBounded += setBits(reader.byte());
  reader.position = bits;
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

function setBits(byte: number): number {
  let count = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) count += 1;
  return count;
}

function pickOptionals(reader: ByteReader, count: number, indexes: readonly number[]): (number | null)[] {
  let next = 0;
  const picked = indexes.map((index) => {
    if (index >= count) return null;
    reader.skipWholes(index - next);
    next = index + 1;
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
