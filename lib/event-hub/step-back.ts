import type { ReadEvent } from "./read-event.ts";

/** So many places are read through one by one; a wider stretch is halved first. */
const stretch = 16;
/** Doubling from `stretch` and halving again, for a gap of 2^20; a wider one is not worth the readings. */
const mostReadings = 40;

/** Reads from a place on, up to the first event at or past `until`; `batchSize` events at a time. */
export type ReadFrom = (sequenceNumber: number, until: number, batchSize: number) => Promise<ReadEvent[]>;

/**
 * The last event before `before` where the one right before it is missing: a compacted hub has gaps. Steps back
 * by stretches that double, then halves the one that holds it.
 * @param begin the first place of the stream
 * @param next a place from which on there is an event; nothing lies between `before` and it
 * @returns null where there is none from `begin` on; `tooFar` where it was not found within 40 readings
 */
export async function stepBack(
  readFrom: ReadFrom,
  { before, begin, next }: { before: number; begin: number; next: number },
): Promise<ReadEvent | null | "tooFar"> {
  // Nothing lies from `empty` up to `before`; `found` is the latest event that is known to lie before that.
  let empty = before - 1;
  let found: ReadEvent | null = null;
  for (let readings = 0; readings < mostReadings; readings++) {
    if (empty <= (found === null ? begin : found.sequenceNumber + 1)) return found;
    const from = found === null ? lower(before, empty, begin) : middle(found.sequenceNumber, empty);
    const isShort = empty - from <= stretch;
    const read = await readFrom(from, isShort ? next : from, isShort ? stretch : 1);
    const earlier = read.filter(({ sequenceNumber }) => sequenceNumber < before);
    if (isShort && earlier.length > 0) return earlier.at(-1) ?? null;
    found = earlier.at(-1) ?? found;
    if (earlier.length === 0) empty = from;
  }
  return empty <= (found === null ? begin : found.sequenceNumber + 1) ? found : "tooFar";
}

/** Twice as far from `before` as what is known to be empty. */
function lower(before: number, empty: number, begin: number): number {
  return Math.max(begin, before - Math.max(stretch, 2 * (before - empty)));
}

/** Halfway, or where the rest can be read through. */
function middle(found: number, empty: number): number {
  return empty - found <= stretch ? found + 1 : Math.floor((found + 1 + empty) / 2);
}
