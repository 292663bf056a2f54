import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { Edge } from "#lib/api/resets.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { ReadEvent } from "#lib/event-hub/read-event.ts";
import type { EventLookup } from "./event-lookup.ts";
import type { Clamp, StoredPosition, Wanted } from "./resolve-target.ts";
import { type Stream, takesOffset } from "./stream.ts";

const startOffset = "-1";

/**
 * The checkpoint to write. Its sequence number and offset belong to one event, or to the start. `resumesAt`:
 * the first event that will be read; null at the end.
 */
export interface Landing {
  blockedBy: null;
  target: StoredPosition & { enqueuedAt: EpochMs | null };
  resumesAt: { sequenceNumber: number; enqueuedAt: EpochMs | null } | null;
  clamp: Clamp | null;
  warnings: Reason[];
}

export type NotLanded = { blockedBy: Reason; repairs: Edge[] };

interface Site {
  partitionId: string;
  stream: Stream;
  isQuiet: boolean;
}

/**
 * Finds the checkpoint for a wanted position (lib/reset/README.md#targets). Reads events only if it has to.
 * @throws AppError when reading fails
 */
export async function land(wanted: Wanted, site: Site, events: EventLookup): Promise<Landing | NotLanded> {
  switch (wanted.at) {
    case "nowhere":
      return { blockedBy: wanted.why, repairs: wanted.repairs };
    case "start":
      return atStart(site, wanted.clamp, await firstOf(site, events));
    case "end":
      return atEnd(site, wanted.clamp, events);
    case "position":
      if (events.mayRead(site.isQuiet)) return atPosition(wanted.next, site, wanted.stored, events);
      return wanted.stored === null || !takesOffset(wanted.stored.offset, site.stream)
        ? unread()
        : asStored(wanted.stored);
    case "stored":
      return takesOffset(wanted.stored.offset, site.stream)
        ? landAsStored(wanted.stored, site, events)
        : atEvent(wanted.stored, site, events);
    case "event":
      return atEvent({ sequenceNumber: wanted.sequenceNumber, offset: null }, site, events);
    case "time":
      return events.mayRead(site.isQuiet) ? atTime(wanted.enqueuedAt, site, events) : unread();
  }
}

async function landAsStored(
  stored: StoredPosition,
  { partitionId, stream, isQuiet }: Site,
  events: EventLookup,
): Promise<Landing> {
  const landing = asStored(stored);
  if (stored.sequenceNumber >= stream.last) return { ...landing, resumesAt: null };
  const next = await events.eventIfPossible(
    partitionId,
    { sequenceNumber: stored.sequenceNumber + 1 },
    isQuiet,
  );
  return { ...landing, resumesAt: next === null ? landing.resumesAt : eventOf(next) };
}

async function firstOf({ partitionId, stream, isQuiet }: Site, events: EventLookup) {
  return stream.isEmpty ? null : events.eventIfPossible(partitionId, "earliest", isQuiet);
}

function atStart({ stream }: Site, clamp: Clamp | null, first: ReadEvent | null): Landing {
  const { begin, isEmpty } = stream;
  return {
    blockedBy: null,
    target: { sequenceNumber: begin - 1, offset: startOffset, enqueuedAt: null },
    resumesAt: isEmpty
      ? null
      : { sequenceNumber: first?.sequenceNumber ?? begin, enqueuedAt: first?.enqueuedAt ?? null },
    clamp,
    warnings: [],
  };
}

async function atEnd(site: Site, clamp: Clamp | null, events: EventLookup): Promise<Landing | NotLanded> {
  const { last, lastOffset, lastEnqueuedAt, isEmpty, isGeoReplicated } = site.stream;
  // Nothing is left to skip: the start is the end, and needs no offset.
  if (last < 0 || (isEmpty && isGeoReplicated)) return { ...atStart(site, clamp, null), resumesAt: null };
  const atLast = (offset: string, enqueuedAt: EpochMs | null): Landing => ({
    blockedBy: null,
    target: { sequenceNumber: last, offset, enqueuedAt },
    resumesAt: null,
    clamp,
    warnings: [],
  });
  if (!isGeoReplicated) return atLast(lastOffset, lastEnqueuedAt);
  if (!events.mayRead(site.isQuiet)) return unread(["earliest"]);
  const event = await events.firstEvent(site.partitionId, { sequenceNumber: last });
  if (event?.sequenceNumber !== last)
    return { blockedBy: reason("lastEventUnread", { sequenceNumber: last }), repairs: ["earliest"] };
  return atLast(event.offset, event.enqueuedAt);
}

async function atPosition(
  wanted: number,
  site: Site,
  stored: StoredPosition | null,
  events: EventLookup,
): Promise<Landing> {
  const { before, next } = await events.neighbours(site.partitionId, wanted, site.stream.begin);
  if (before === null) return { ...atStart(site, null, next), warnings: gapWarnings(wanted, next) };
  const { sequenceNumber, offset, enqueuedAt } = before;
  const isOther = stored !== null && stored.sequenceNumber === sequenceNumber && stored.offset !== offset;
  return {
    blockedBy: null,
    target: { sequenceNumber, offset, enqueuedAt },
    resumesAt: next === null ? null : eventOf(next),
    clamp: null,
    warnings: [...gapWarnings(wanted, next), ...(isOther ? [reason("offsetCorrected")] : [])],
  };
}

async function atTime(enqueuedAt: EpochMs, site: Site, events: EventLookup): Promise<Landing | NotLanded> {
  const { begin } = site.stream;
  const first = await events.firstEvent(site.partitionId, { enqueuedAt });
  if (first === null) return atEnd(site, null, events);
  const { before, next } =
    first.sequenceNumber > begin
      ? await events.neighbours(site.partitionId, first.sequenceNumber, begin)
      : { before: null, next: first };
  if (before === null) {
    const why = reason("timeExpired", { beginsAt: toIso(first.enqueuedAt) });
    const isLate = begin > 0 && first.enqueuedAt > enqueuedAt;
    return atStart(site, isLate ? { to: "earliest", why } : null, first);
  }
  return {
    blockedBy: null,
    target: { sequenceNumber: before.sequenceNumber, offset: before.offset, enqueuedAt: before.enqueuedAt },
    resumesAt: eventOf(next ?? first),
    clamp: null,
    warnings: [],
  };
}

/** @param stored `offset` null: not stored; otherwise one that can't be written without reading its event */
async function atEvent(
  { sequenceNumber, offset }: { sequenceNumber: number; offset: string | null },
  { partitionId, stream, isQuiet }: Site,
  events: EventLookup,
): Promise<Landing | NotLanded> {
  if (!events.mayRead(isQuiet)) return unread();
  const event = await events.firstEvent(partitionId, { sequenceNumber });
  if (event?.sequenceNumber === sequenceNumber) {
    const isLast = sequenceNumber >= stream.last;
    const resumesAt = isLast ? null : { sequenceNumber: sequenceNumber + 1, enqueuedAt: null };
    const isOther = offset !== null && offset !== event.offset;
    const warnings = isOther ? [reason("offsetCorrected")] : [];
    return { blockedBy: null, target: event, resumesAt, clamp: null, warnings };
  }
  return {
    blockedBy:
      offset === null
        ? reason("eventGone", { sequenceNumber })
        : reason("formerOffsetRefused", { sequenceNumber, offset }),
    repairs: ["earliest", "latest"],
  };
}

function asStored(stored: StoredPosition): Landing {
  return {
    blockedBy: null,
    target: { ...stored, enqueuedAt: null },
    resumesAt: { sequenceNumber: stored.sequenceNumber + 1, enqueuedAt: null },
    clamp: null,
    warnings: [],
  };
}

function gapWarnings(sequenceNumber: number, next: ReadEvent | null): Reason[] {
  if (next === null || next.sequenceNumber === sequenceNumber) return [];
  return [reason("eventMissing", { sequenceNumber, nextSequenceNumber: next.sequenceNumber })];
}

function eventOf({ sequenceNumber, enqueuedAt }: ReadEvent) {
  return { sequenceNumber, enqueuedAt };
}

function unread(repairs: Edge[] = ["earliest", "latest"]): NotLanded {
  return { blockedBy: reason("eventsNotReadable"), repairs };
}
