import type { PartitionProperties } from "#lib/core/hub-reading.ts";
import type { EpochMs } from "#lib/core/time.ts";

/** A partition's stream as plans calculate with it. */
export interface Stream {
  /** The first event's sequence number; of an empty stream the next one's. */
  begin: number;
  /** The last event's; -1 where there never was one. */
  last: number;
  /** Opaque. */
  lastOffset: string;
  lastEnqueuedAt: EpochMs | null;
  isEmpty: boolean;
  /** `lastOffset` is no start position then: the event's own is (lib/event-hub/README.md#reading-a-hub). */
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
 * Whether the service surely takes a stored offset as a start position, with no event read. A geo-replicated hub
 * refuses offsets of before its replication, every hub what is not all digits (`None`, `@latest`). No position is
 * read out of it: offsets are opaque.
 */
export function takesOffset(offset: string, { isGeoReplicated }: Pick<Stream, "isGeoReplicated">): boolean {
  return !isGeoReplicated && /^\d+$/.test(offset);
}
