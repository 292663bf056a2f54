import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { Target } from "#lib/api/target.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import { type Standing, standingOf } from "./standing.ts";
import type { Stream } from "./stream.ts";

export type Edge = "earliest" | "latest";

/** The target is outside of the stream, so one of its ends is used. */
export interface Clamp {
  to: Edge;
  why: Reason;
}

/** A checkpoint that stands somewhere, or stood: usable without reading an event. */
export interface StoredPosition {
  sequenceNumber: number;
  /** Opaque. */
  offset: string;
}

/** Where a partition is to go on, before any event is read. */
export type Wanted =
  /** `isEvent`: the very first event was asked for, not wherever the stream begins. */
  | { at: "start" | "end"; clamp: Clamp | null; isEvent?: true }
  /** The next event to be read, after the first and up to the last one. `stored`: the checkpoint for it, if known. */
  | { at: "place"; next: number; stored: StoredPosition | null }
  /** The first event enqueued at or after it, which is not past the last event's time. */
  | { at: "time"; enqueuedAt: EpochMs }
  /** As it stood before: written as it is, or with its event's own offset where the service would refuse that. */
  | { at: "stored"; stored: StoredPosition }
  /** After this very event, whose offset is to be found. */
  | { at: "event"; sequenceNumber: number }
  | { at: "nowhere"; why: Reason; repairs: Edge[] };

export interface Subject {
  partitionId: string;
  stream: Stream;
  hubCreatedOn: EpochMs;
  /** Of the group that is reset. */
  standing: Standing;
  /** Of the other group, where the target is one. */
  otherCheckpoint: StoredCheckpoint | null;
}

/**
 * What a target means on one partition. Everything lies within the stream, or says why it does not.
 * @param resolvedTime what `time` and `ago` came to
 */
export function resolveTarget(target: Target, subject: Subject, resolvedTime: EpochMs | null): Wanted {
  const { partitionId, stream, standing } = subject;
  switch (target.kind) {
    case "earliest":
      return { at: "start", clamp: null };
    case "latest":
      return { at: "end", clamp: null };
    case "sequenceNumber":
      return placeAt(target.value, stream);
    case "time":
    case "ago":
      return resolvedTime === null ? nowhere(reason("timeUnknown")) : timeAt(resolvedTime, stream);
    case "shift":
      return standing.next === null
        ? nowhere(reason("nothingToShiftFrom", { because: standing.why }))
        : placeAt(standing.next + target.by, stream);
    case "group":
      return otherPlace(target.name, subject);
    case "positions": {
      const next = ownValue(target.values, partitionId);
      return next === undefined ? notInFile() : placeAt(next, stream);
    }
    case "times": {
      const time = ownValue(target.values, partitionId);
      return time === undefined ? notInFile() : timeAt(Date.parse(time), stream);
    }
  }
}

/** @param next the next event to be read */
export function placeAt(next: number, stream: Stream, stored: StoredPosition | null = null): Wanted {
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
  return next === begin ? { at: "start", clamp: null, isEvent: true } : { at: "place", next, stored };
}

/** The first event enqueued at or after it, or the end where there is none. */
export function timeAt(enqueuedAt: EpochMs, { isEmpty, lastEnqueuedAt }: Stream): Wanted {
  if (isEmpty) return { at: "end", clamp: null };
  if (lastEnqueuedAt === null || enqueuedAt <= lastEnqueuedAt) return { at: "time", enqueuedAt };
  const why = reason("noEventSince", { time: toIso(enqueuedAt), lastEnqueuedAt: toIso(lastEnqueuedAt) });
  return { at: "end", clamp: { to: "latest", why } };
}

function otherPlace(name: string, { otherCheckpoint, stream, hubCreatedOn }: Subject): Wanted {
  const standing = standingOf(otherCheckpoint, stream, hubCreatedOn);
  if (standing.next === null || otherCheckpoint === null)
    return nowhere(
      reason("otherGroupUnknown", { group: name, because: standing.why ?? reason("noCheckpoint") }),
    );
  const { sequenceNumber, offset } = otherCheckpoint;
  if (standing.lost > 0 && sequenceNumber !== null) return placeAt(sequenceNumber + 1, stream);
  const stored = sequenceNumber === null || offset === null ? null : { sequenceNumber, offset };
  return placeAt(standing.next, stream, stored);
}

export function nowhere(why: Reason, repairs: Edge[] = ["earliest", "latest"]): Wanted {
  return { at: "nowhere", why, repairs };
}

function notInFile(): Wanted {
  return nowhere(reason("notInFile"));
}

/** `constructor` and its like are no partitions. */
function ownValue<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
