import type { EpochMs } from "#lib/core/time.ts";
import type { PartitionPick } from "../samples/codec.ts";
import type { Sample } from "../samples/sample.ts";
import type { RecentBatches } from "../writing/recent-batches.ts";
import type { SeriesKey } from "../writing/refresh-batch.ts";
import { type StoredChunk, unpack } from "./read-samples.ts";

export class RangeOfSeries {
  readonly chunks: readonly StoredChunk[];
  readonly #recent: RecentBatches;
  readonly #key: SeriesKey;
  readonly #range: { from: EpochMs; to: EpochMs };
  readonly #storedUntil: EpochMs;

  constructor(
    chunks: readonly StoredChunk[],
    recent: RecentBatches,
    key: SeriesKey,
    range: { from: EpochMs; to: EpochMs },
  ) {
    this.chunks = chunks;
    this.#recent = recent;
    this.#key = key;
    this.#range = range;
    this.#storedUntil = lastAt(chunks) ?? range.from - 1;
  }

  samples(pick: PartitionPick): Sample[] {
    return [...unpack(this.chunks, pick), ...this.unwritten(pick)];
  }

  unwritten(pick: PartitionPick): Sample[] {
    return this.#recent.samples(this.#key, this.#storedUntil, pick).filter(({ at }) => at < this.#range.to);
  }
}

function lastAt(chunks: readonly StoredChunk[]): EpochMs | null {
  for (const chunk of chunks.toReversed()) {
    const last = unpack([chunk], "sums").at(-1);
    if (last !== undefined) return last.at;
  }
  return null;
}
