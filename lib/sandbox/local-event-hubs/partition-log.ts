import { encodeStored, type Position, type SentEvent } from "./event-encoding.ts";

export interface Retention {
  seconds: number;
  eventsPerPartition: number;
  bytesPerPartition: number;
}

export interface StoredEvent extends Position {
  offsetValue: number;
  /** Keeps its place but is skipped by readers. */
  isRemoved: boolean;
  encoded: Buffer;
  headerLength: number;
}

/** A partition as the service reports it. Unused: -1, -1, "-1" and the epoch. */
export interface PartitionFigures {
  beginningSequenceNumber: number;
  lastEnqueuedSequenceNumber: number;
  lastEnqueuedOffset: string;
  lastEnqueuedAt: number;
  isEmpty: boolean;
}

/** Offsets look like places in an old byte stream, so that nobody takes one for a sequence number. */
const firstOffset = 8_589_934_592;
const bytesAroundEvent = 48;

/** On a geo-replicated hub events' offsets name the replica, but the figures' last offset does not. */
const replica = "1:";

export interface LogOptions {
  retention: Retention;
  firstSequenceNumber: number;
  createdAt: number;
  isGeoReplicated?: boolean;
}

export class PartitionLog {
  readonly partitionId: string;
  readonly #retention: Retention;
  readonly #isGeoReplicated: boolean;
  readonly #listeners = new Set<() => void>();
  /** Events before `#head` have left; their places are freed in bulk. */
  #events: (StoredEvent | undefined)[] = [];
  #head = 0;
  #bytes = 0;
  #nextOffset: number;
  #last: Position;
  #nextSequenceNumber: number;

  constructor(partitionId: string, options: LogOptions) {
    const { retention, firstSequenceNumber, createdAt, isGeoReplicated = false } = options;
    this.partitionId = partitionId;
    this.#retention = retention;
    this.#isGeoReplicated = isGeoReplicated;
    this.#nextSequenceNumber = firstSequenceNumber;
    this.#nextOffset = firstOffset + firstSequenceNumber * 256;
    this.#last =
      firstSequenceNumber === 0
        ? { sequenceNumber: -1, offset: "-1", enqueuedAt: 0 }
        : {
            sequenceNumber: firstSequenceNumber - 1,
            offset: this.#offsetText(this.#nextOffset - 256),
            enqueuedAt: createdAt,
          };
  }

  append(events: readonly SentEvent[], now: number): void {
    const enqueuedAt = Math.max(now, this.#last.enqueuedAt);
    for (const event of events) {
      const offset = this.#offsetText(this.#nextOffset);
      const at = { sequenceNumber: this.#nextSequenceNumber, offset, enqueuedAt };
      const encoded = encodeStored(event, at);
      const stored = { ...at, ...encoded, offsetValue: this.#nextOffset, isRemoved: false };
      this.#events.push(stored);
      this.#bytes += stored.encoded.length;
      this.#nextOffset += Math.ceil((stored.encoded.length + bytesAroundEvent) / 8) * 8;
      this.#nextSequenceNumber++;
      this.#last = at;
    }
    this.expire(now);
    for (const listener of this.#listeners) listener();
  }

  expire(now: number): void {
    const { seconds, eventsPerPartition, bytesPerPartition } = this.#retention;
    const oldest = now - seconds * 1000;
    for (let first = this.#events[this.#head]; first !== undefined; first = this.#events[this.#head]) {
      const isTooOld = first.enqueuedAt < oldest;
      if (!isTooOld && this.size <= eventsPerPartition && this.#bytes <= bytesPerPartition) break;
      this.#dropFirst(first);
    }
    this.#compact();
  }

  trim(sequenceNumber: number): void {
    for (let first = this.#events[this.#head]; first !== undefined; first = this.#events[this.#head]) {
      if (first.sequenceNumber >= sequenceNumber) break;
      this.#dropFirst(first);
    }
    this.#compact();
  }

  remove(sequenceNumbers: readonly number[]): void {
    for (const sequenceNumber of sequenceNumbers) {
      const event = this.at(sequenceNumber);
      if (event === undefined || event.isRemoved) continue;
      this.#bytes -= event.encoded.length;
      event.encoded = Buffer.alloc(0);
      event.isRemoved = true;
    }
  }

  offsetValue(offset: string): number | null {
    if (offset === "-1") return -1;
    const digits = this.#isGeoReplicated ? offset.slice(replica.length) : offset;
    const isOurs = /^\d+$/.test(digits) && (!this.#isGeoReplicated || offset.startsWith(replica));
    return isOurs ? Number(digits) : null;
  }

  #offsetText(value: number): string {
    return this.#isGeoReplicated ? `${replica}${value}` : String(value);
  }

  #dropFirst(first: StoredEvent): void {
    this.#bytes -= first.encoded.length;
    this.#events[this.#head++] = undefined;
  }

  #compact(): void {
    if (this.#head > 64 && this.#head * 2 > this.#events.length) {
      this.#events = this.#events.slice(this.#head);
      this.#head = 0;
    } else if (this.#head === this.#events.length) {
      this.#events = [];
      this.#head = 0;
    }
  }

  get size(): number {
    return this.#events.length - this.#head;
  }

  get beginning(): number {
    return this.#nextSequenceNumber - this.size;
  }

  get end(): number {
    return this.#nextSequenceNumber;
  }

  get last(): Position {
    return this.#last;
  }

  figures(): PartitionFigures {
    const neverUsed = this.#last.sequenceNumber === -1;
    return {
      beginningSequenceNumber: neverUsed ? -1 : this.beginning,
      lastEnqueuedSequenceNumber: this.#last.sequenceNumber,
      lastEnqueuedOffset: neverUsed ? "-1" : String(this.offsetValue(this.#last.offset)),
      lastEnqueuedAt: this.#last.enqueuedAt,
      isEmpty: this.size === 0,
    };
  }

  at(sequenceNumber: number): StoredEvent | undefined {
    return this.#events[this.#head + sequenceNumber - this.beginning];
  }

  /** The first event that satisfies `isPast`, as all later ones do; else the end. */
  firstWhere(isPast: (event: StoredEvent) => boolean): number {
    let low = this.#head;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.#events[middle];
      if (event && isPast(event)) high = middle;
      else low = middle + 1;
    }
    return this.#nextSequenceNumber - (this.#events.length - low);
  }

  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
