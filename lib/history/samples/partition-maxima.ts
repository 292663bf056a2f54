import type { EpochMs } from "#lib/core/time.ts";
import { ByteReader } from "./bytes.ts";
import { decodeHead } from "./codec.ts";

/**
 * The largest lag of every partition by number, without bounds. Avoids an object per value: a thousand
 * partitions have over a million a day.
 */
export class PartitionMaxima {
  #largest: number[] = [];
  #values: (number | null)[] = [];

  add(chunk: Uint8Array, chunkStart: EpochMs, range: { from: EpochMs; to: EpochMs }): void {
    const reader = new ByteReader(chunk);
    while (!reader.isAtEnd) {
      const end = reader.whole() + reader.position;
      const { sample, hasMax, hasTail } = decodeHead(reader, chunkStart);
      if (sample.at >= range.from && sample.at < range.to) this.#addSample(reader, hasMax, hasTail);
      reader.position = end;
    }
  }

  of(partition: number): number | null {
    return this.#largest[partition] ?? null;
  }

  #addSample(reader: ByteReader, hasMax: boolean, hasTail: boolean): void {
    const count = reader.whole();
    const values = this.#values;
    for (let n = 0; n < count; n += 1) {
      const packed = reader.optional();
      values[n] = packed === null ? null : Math.floor(packed / 2);
    }
    if (hasMax) for (let n = 0; n < count; n += 1) values[n] = reader.optional();
    if (hasTail) this.#leaveOutBounds(reader, count);
    for (let n = 0; n < count; n += 1) {
      const value = values[n] ?? null;
      if (value !== null && value > (this.#largest[n] ?? -1)) this.#largest[n] = value;
    }
  }

  #leaveOutBounds(reader: ByteReader, count: number): void {
    reader.position += count;
    reader.skipWholes(3);
    for (let first = 0; first < count; first += 8) {
      const bits = reader.byte();
      for (let n = first; bits !== 0 && n < Math.min(count, first + 8); n += 1) {
        if (((bits >> (n - first)) & 1) === 1) this.#values[n] = null;
      }
    }
  }
}
