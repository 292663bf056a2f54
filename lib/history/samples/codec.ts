import type { EpochMs } from "#lib/core/time.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { type PartitionValue, type Sample, unknownPartition } from "./sample.ts";
import { secondsFromByte, secondsToByte } from "./seconds-byte.ts";

const hasMaxFlag = 1;
/** A bit of each packed value is taken; no count of events comes near. */
const largestValue = 2 ** 51;
const perSecondUnit = 1000;
const secondsUnit = 10;

/** Which partitions to unpack: none, all, or the one with this number. */
export type PartitionPick = "sums" | "all" | number;

/**
 * A sample as bytes that can be appended to others of its chunk, about 2 a partition and 15 for the sums.
 * @param chunkStart at or before the sample's time
 */
export function encodeSample(sample: Sample, chunkStart: EpochMs): Uint8Array {
  const { partitions } = sample;
  const hasMax = sample.max !== sample.value || partitions.some(({ max, value }) => max !== value);
  const out = new ByteWriter();
  out.byte(hasMax ? hasMaxFlag : 0);
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
  return out.framed();
}

/**
 * The samples of a chunk, oldest first. One that was written twice, because the first answer was lost,
 * counts once. @throws RangeError where the chunk was cut off
 */
export function decodeChunk(chunk: Uint8Array, chunkStart: EpochMs, pick: PartitionPick): Sample[] {
  const samples: Sample[] = [];
  const reader = new ByteReader(chunk);
  while (!reader.isAtEnd) {
    const end = reader.whole() + reader.position;
    const sample = decodeSample(reader, chunkStart, pick);
    if (sample.at > (samples.at(-1)?.at ?? Number.NEGATIVE_INFINITY)) samples.push(sample);
    reader.position = end;
  }
  return samples;
}

function decodeSample(reader: ByteReader, chunkStart: EpochMs, pick: PartitionPick): Sample {
  const hasMax = (reader.byte() & hasMaxFlag) !== 0;
  const at = chunkStart + reader.whole();
  const holdsSeconds = reader.whole();
  const value = reader.optional();
  const max = hasMax ? reader.optional() : value;
  const lagSeconds = unscaled(reader.optional(), secondsUnit);
  const eventsInPerSecond = unscaled(reader.optional(), perSecondUnit);
  const eventsOutPerSecond = unscaled(reader.optional(), perSecondUnit);
  const sums = { at, holdsSeconds, value, max, lagSeconds, eventsInPerSecond, eventsOutPerSecond };
  return { ...sums, partitions: pick === "sums" ? [] : decodePartitions(reader, hasMax, pick) };
}

function decodePartitions(reader: ByteReader, hasMax: boolean, pick: "all" | number): PartitionValue[] {
  const count = reader.whole();
  const first = pick === "all" ? 0 : pick;
  const wanted = pick === "all" ? count : 1;
  if (pick !== "all" && first >= count) return [unknownPartition];
  const after = count - first - wanted;

  reader.skipWholes(first);
  const values = Array.from({ length: wanted }, () => reader.optional());
  reader.skipWholes(after);
  const maxima = hasMax ? decodeMaxima(reader, first, wanted, after) : null;
  reader.position += first;
  return values.map((packed, index) => {
    const value = packed === null ? null : Math.floor(packed / 2);
    const max = maxima === null ? value : (maxima[index] ?? null);
    return {
      value,
      max,
      lagSeconds: secondsFromByte(reader.byte()),
      isPosition: packed !== null && packed % 2 === 1,
    };
  });
}

function decodeMaxima(reader: ByteReader, first: number, wanted: number, after: number): (number | null)[] {
  reader.skipWholes(first);
  const maxima = Array.from({ length: wanted }, () => reader.optional());
  reader.skipWholes(after);
  return maxima;
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
