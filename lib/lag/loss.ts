import type { Status } from "#lib/api/status.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Pace } from "./pace/pace.ts";
import type { PositionRing } from "./positions.ts";

/** Retention takes events in steps, now and then: a rate takes so many of them, over so much time. */
const leastSteps = 3;
const leastMs = 5 * 60_000;

/**
 * Events per second that retention takes from a partition, by how its beginning moved lately: over its last three
 * steps and five minutes at least, as far as it was watched. Null where it was not seen to move, or only once.
 * Falls while the next step is overdue.
 */
export function expiringPerSecond(beginnings: PositionRing, now: EpochMs): number | null {
  const newest = riseAt(beginnings, beginnings.size - 1);
  if (newest === null) return null;
  let base = newest;
  let steps = 0;
  while (steps < leastSteps || beginnings.timeAt(newest) - beginnings.timeAt(base) < leastMs) {
    const before = riseAt(beginnings, base - 1);
    if (before === null) break;
    base = before;
    steps += 1;
  }
  const span = beginnings.timeAt(newest) - beginnings.timeAt(base);
  if (steps === 0 || span === 0) return null;
  const overdue = Math.max(0, now - beginnings.timeAt(newest) - span / steps);
  const events = beginnings.sequenceNumberAt(newest) - beginnings.sequenceNumberAt(base);
  return (events * 1000) / (span + overdue);
}

/** Index at which the value of the index-th pair came up; null where that was before the ring begins. */
function riseAt(ring: PositionRing, index: number): number | null {
  if (index < 0) return null;
  const isPlateau = index > 0 && ring.sequenceNumberAt(index - 1) === ring.sequenceNumberAt(index);
  const first = isPlateau ? index - 1 : index;
  return first === 0 && !ring.startsExact ? null : first;
}

/** From here on a backlog is near retention's edge, whatever its group does. */
const nearShare = 0.5;
/** Who reads so much of the input keeps pace with it: rates over a minute tell no less. */
const paceShare = 0.95;

export interface LossInput {
  lag: number | null;
  /** The checkpoint's position; null where there is none. */
  position: number | null;
  beginningSequenceNumber: number | null;
  /** How much of what is kept is unread, 0 to 1. */
  retentionUsed: number | null;
  status: Status;
  /** How fast the beginning moves: `expiringPerSecond`. */
  expiringPerSecond: number | null;
  /** What comes in held against what goes out; null: not known. */
  pace: Pace | null;
  /** How fast the checkpoint moves; null counts as standing still. */
  outPerSecond: number | null;
}

/**
 * Seconds until the first unread event leaves the stream unread, should the beginning and the checkpoint go on as
 * they do. 0 where it has left already, also where nothing that waited is left. Null where nothing waits, where the
 * group keeps pace with its input, or where the beginning is not seen to come closer.
 */
export function secondsUntilLoss(input: LossInput): number | null {
  const { lag, position, beginningSequenceNumber: begin, expiringPerSecond, outPerSecond } = input;
  if (lag === null || position === null || begin === null) return null;
  if (position + 1 < begin) return 0;
  if (lag === 0) return null;
  if (keepsPace(input)) return null;
  const closing = (expiringPerSecond ?? 0) - (outPerSecond ?? 0);
  // The first unread event, position + 1, has left once the beginning is one further.
  return closing > 0 ? (position + 2 - begin) / closing : null;
}

// Where traffic falls off, the beginning comes closer to everybody: the stream gets shorter, not the group slower.
function keepsPace({ status, retentionUsed, pace }: LossInput): boolean {
  if ((retentionUsed ?? 0) >= nearShare) return false;
  if (status === "ok" || status === "unknown") return true;
  if (pace === null) return false;
  const { eventsInPerSecond: into, eventsOutPerSecond: out } = pace;
  return out > 0 && out >= paceShare * into;
}
