import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { Edge } from "#lib/api/resets.ts";
import type { Target } from "#lib/api/target.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { type Situation, standingOf } from "./standing.ts";
import type { Stream } from "./stream.ts";

/** Why a target outside the stream became one of its ends. */
export interface Clamp {
  to: Edge;
  why: Reason;
}

/** A present or former checkpoint's position, usable without reading its event. */
export type StoredPosition = Pick<PlannedWrite, "sequenceNumber" | "offset">;

/**
 * The position that a partition should continue from, before any event is read.
 * - `start`, if `isEvent`: the request named the first event, not the start of the stream.
 * - `position`: reads `next` first, which lies after the first event. `stored`: its checkpoint, if known.
 * - `time`: reads the first event enqueued at or after this time, which is not past the last event's.
 * - `stored`: restores a position, with its event's own offset if the service would refuse the stored one.
 * - `event`: continues after this event. Its offset has to be read.
 */
export type Wanted =
  | { at: "start" | "end"; clamp: Clamp | null; isEvent?: true }
  | { at: "position"; next: number; stored: StoredPosition | null }
  | { at: "time"; enqueuedAt: EpochMs }
  | { at: "stored"; stored: StoredPosition }
  | { at: "event"; sequenceNumber: number }
  | { at: "nowhere"; why: Reason; repairs: Edge[] };

/**
 * What a target refers to besides the partition: the moment that `time` or `ago` names, or the target group's
 * checkpoint.
 */
interface References {
  resolvedTime: EpochMs | null;
  hubCreatedOn: EpochMs;
  otherCheckpoint: StoredCheckpoint | null;
}

/** Resolves a target on one partition. The result lies within the stream or says why it doesn't. */
export function resolveTarget(target: Target, situation: Situation, references: References): Wanted {
  const { partitionId, stream, standing } = situation;
  const { resolvedTime } = references;
  switch (target.kind) {
    case "earliest":
      return { at: "start", clamp: null };
    case "latest":
      return { at: "end", clamp: null };
    case "sequenceNumber":
      return positionAt(target.value, stream);
    case "time":
    case "ago":
      return resolvedTime === null ? nowhere(reason("timeUnknown")) : timeAt(resolvedTime, stream);
    case "shift":
      return standing.next === null
        ? nowhere(reason("nothingToShiftFrom", { because: standing.why }))
        : positionAt(standing.next + target.by, stream);
    case "group":
      return otherPosition(target.name, stream, references);
    case "positions": {
      const next = ownValue(target.values, partitionId);
      return next === undefined ? notInFile() : positionAt(next, stream);
    }
    case "times": {
      const time = ownValue(target.values, partitionId);
      return time === undefined ? notInFile() : timeAt(Date.parse(time), stream);
    }
  }
}

/** @param next sequence number of the next event to read */
export function positionAt(next: number, stream: Stream, stored: StoredPosition | null = null): Wanted {
  const { begin, last, isEmpty } = stream;
  if (next > last + 1) {
    const why = reason("noEventYet", { sequenceNumber: next, lastSequenceNumber: isEmpty ? null : last });
    return { at: "end", clamp: { to: "latest", why } };
  }
  if (next === last + 1) return { at: "end", clamp: null };
  if (next < begin && begin > 0) {
    const beginningSequenceNumber = isEmpty ? null : begin;
    const why = reason("eventExpired", { sequenceNumber: next, beginningSequenceNumber });
    return { at: "start", clamp: { to: "earliest", why } };
  }
  if (next < 0) return { at: "start", clamp: { to: "earliest", why: reason("belowZero") } };
  return next === begin ? { at: "start", clamp: null, isEvent: true } : { at: "position", next, stored };
}

export function timeAt(enqueuedAt: EpochMs, { isEmpty, lastEnqueuedAt }: Stream): Wanted {
  if (isEmpty) return { at: "end", clamp: null };
  if (lastEnqueuedAt === null || enqueuedAt <= lastEnqueuedAt) return { at: "time", enqueuedAt };
  const why = reason("noEventSince", { time: toIso(enqueuedAt), lastEnqueuedAt: toIso(lastEnqueuedAt) });
  return { at: "end", clamp: { to: "latest", why } };
}

function otherPosition(name: string, stream: Stream, { otherCheckpoint, hubCreatedOn }: References): Wanted {
  const standing = standingOf(otherCheckpoint, stream, hubCreatedOn);
  if (standing.next === null || otherCheckpoint === null)
    return nowhere(
      reason("otherGroupUnknown", { group: name, because: standing.why ?? reason("noCheckpoint") }),
    );
  const { sequenceNumber, offset } = otherCheckpoint;
  if (standing.lost > 0 && sequenceNumber !== null) return positionAt(sequenceNumber + 1, stream);
  const stored = sequenceNumber === null || offset === null ? null : { sequenceNumber, offset };
  return positionAt(standing.next, stream, stored);
}

export function nowhere(why: Reason, repairs: Edge[] = ["earliest", "latest"]): Wanted {
  return { at: "nowhere", why, repairs };
}

function notInFile(): Wanted {
  return nowhere(reason("notInFile"));
}

/** Keeps `constructor` and other inherited names from being partitions. */
function ownValue<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
