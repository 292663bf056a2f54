import type { ReadEvent } from "./read-event.ts";

/**
 * A stretch of 16 is read in one go; a wider one is halved first. Doubling, then halving, 40 readings suffice
 * for a gap of 2^20.
 */
const stretch = 16;
const mostReadings = 40;

export type ReadFrom = (sequenceNumber: number, until: number, batchSize: number) => Promise<ReadEvent[]>;

/**
 * Finds the last event before `before` in a compacted hub, which has gaps. Steps back in doubling stretches,
 * then halves the one with an event.
 * @param begin the stream's first sequence number
 * @param next an event exists from here on, and none between `before` and it
 * @returns null when there is none since `begin`; `tooFar` after 40 readings
 */
export async function stepBack(
  readFrom: ReadFrom,
  { before, begin, next }: { before: number; begin: number; next: number },
): Promise<ReadEvent | null | "tooFar"> {
  // No event from `empty` up to `before`; `found` is the latest known event before that.
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

function lower(before: number, empty: number, begin: number): number {
  return Math.max(begin, before - Math.max(stretch, 2 * (before - empty)));
}

function middle(found: number, empty: number): number {
  return empty - found <= stretch ? found + 1 : Math.floor((found + 1 + empty) / 2);
}
