import type { PartitionProperties } from "#lib/core/hub-reading.ts";
import type { EpochMs } from "#lib/core/time.ts";

/**
 * A partition's stream, as plans calculate with it. `begin`: sequence number of the first event, or of the
 * next one if the stream is empty. `last`: that of the last event, -1 if there never was one. `lastOffset` is
 * opaque. If `isGeoReplicated`, only an event's own offset is a start position
 * (lib/event-hub/README.md#reading-a-hub).
 */
export interface Stream {
  begin: number;
  last: number;
  lastOffset: string;
  lastEnqueuedAt: EpochMs | null;
  isEmpty: boolean;
  isGeoReplicated: boolean;
}

export function streamOf(properties: PartitionProperties, isGeoReplicated: boolean): Stream {
  const { beginningSequenceNumber, lastEnqueuedOffset: lastOffset, lastEnqueuedAt } = properties;
  const last = Math.max(-1, properties.lastEnqueuedSequenceNumber);
  const isEmpty = properties.isEmpty || last < 0;
  const begin = isEmpty ? last + 1 : Math.max(0, beginningSequenceNumber);
  return { begin, last, lastOffset, lastEnqueuedAt, isEmpty, isGeoReplicated };
}

/**
 * True when the service is sure to accept a stored offset as a start position. A geo-replicated hub refuses offsets
 * from before its replication, and every hub refuses what is not all digits (`None`, `@latest`). Offsets stay opaque:
 * this reads no position from them.
 */
export function takesOffset(offset: string, { isGeoReplicated }: Pick<Stream, "isGeoReplicated">): boolean {
  return !isGeoReplicated && /^\d+$/.test(offset);
}
