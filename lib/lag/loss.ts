import type { Status } from "#lib/api/status.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Pace } from "./pace/pace.ts";
import type { PositionRing } from "./positions.ts";

const leastSteps = 3;
const leastMs = 5 * 60_000;

/**
 * Events per second that retention removes. Retention works in steps now and then, so the rate covers the
 * last three steps and five minutes or more, as far as watched. Null unless the beginning was seen to move
 * twice. Falls while the next step is overdue.
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

function riseAt(ring: PositionRing, index: number): number | null {
  if (index < 0) return null;
  const isPlateau = index > 0 && ring.sequenceNumberAt(index - 1) === ring.sequenceNumberAt(index);
  const first = isPlateau ? index - 1 : index;
  return first === 0 && !ring.startsExact ? null : first;
}

const nearShare = 0.5;
const paceShare = 0.95;

export interface LossInput {
  lag: number | null;
  position: number | null;
  beginningSequenceNumber: number | null;
  retentionUsed: number | null;
  status: Status;
  expiringPerSecond: number | null;
  pace: Pace | null;
  outPerSecond: number | null;
}

/**
 * Seconds until the first unread event leaves the stream, at the current speeds of its beginning and of the
 * checkpoint. 0: already lost, also when nothing is left. Null: nothing waits, the group keeps pace, or the
 * beginning comes no closer.
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

// When traffic falls, the beginning comes closer to everybody: the stream shrinks, the group is not slower.
// From half of retention on, a backlog is near the edge whatever its group does. Reading 95 % of the input
// is keeping pace: rates over a minute are no more exact.
function keepsPace({ status, retentionUsed, pace }: LossInput): boolean {
  if ((retentionUsed ?? 0) >= nearShare) return false;
  if (status === "ok" || status === "unknown") return true;
  if (pace === null) return false;
  const { eventsInPerSecond: into, eventsOutPerSecond: out } = pace;
  return out > 0 && out >= paceShare * into;
}
