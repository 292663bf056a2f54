import type { EpochMs } from "#lib/core/time.ts";
import { decodeChunk, type PartitionPick } from "../samples/codec.ts";
import type { Sample } from "../samples/sample.ts";
import type { RefreshBatch, SeriesKey } from "./refresh-batch.ts";
import { bytesOf, seriesName } from "./refresh-batch.ts";

const keptMs = 60 * 60_000;
const mostBytes = 48 * 1024 * 1024;

/**
 * The refreshes of the last hour, or fewer large ones: those still to be written, and those that pages use
 * while the database can't be read.
 */
export class RecentBatches {
  #batches: RefreshBatch[] = [];
  #bytes = 0;

  add(batch: RefreshBatch): void {
    this.#batches.push(batch);
    this.#bytes += batch.bytes;
    for (let oldest = this.#batches[0]; oldest !== undefined; oldest = this.#batches[0]) {
      if (oldest.at >= batch.at - keptMs && this.#bytes <= mostBytes) break;
      this.#batches.shift();
      this.#bytes -= oldest.bytes;
    }
  }

  /** Only samples are read from here. Owners and the memory of a written refresh are of no more use. */
  noteWritten(batch: RefreshBatch): void {
    for (const entry of batch.entries) entry.owners = null;
    batch.remembered = null;
    if (this.#batches.includes(batch)) this.#bytes += bytesOf(batch.entries) - batch.bytes;
    batch.bytes = bytesOf(batch.entries);
  }

  noteOthers(): void {
    for (const batch of this.#batches) if (!batch.isWritten) batch.isLeftOver = true;
  }

  nextToWrite(isAsked: (hub: string) => boolean = () => true): RefreshBatch | null {
    return this.#batches.find(({ hub, isWritten }) => !isWritten && isAsked(hub)) ?? null;
  }

  samples(key: SeriesKey, after: EpochMs, pick: PartitionPick): Sample[] {
    const name = seriesName(key);
    return this.#batches
      .filter(({ at }) => at > after)
      .flatMap(({ entries, chunkStart }) => {
        const entry = entries.find((each) => each.name === name);
        return entry === undefined ? [] : decodeChunk(entry.sample, chunkStart, pick);
      })
      .sort((a, b) => a.at - b.at);
  }
}
