import { ownerLevelMissing, ownerLevelTooLow, receiverDisplaced, tooManyReceivers } from "./amqp-errors.ts";
import type { AmqpError } from "./rhea.ts";

export interface Reader {
  /** The owner level (epoch); null for a reader without. */
  ownerLevel: number | null;
  detach(error: AmqpError): void;
}

const maxReaders = 5;

/**
 * Who reads one partition in one consumer group. A reader with an owner level is alone: it throws out whoever has
 * the same, a lower or no level, and keeps others out. Without levels five may read side by side.
 */
export class ReaderSlots {
  readonly #readers = new Set<Reader>();

  /** Lets `reader` in and detaches whom it displaces, or says why it is refused. */
  admit(reader: Reader): AmqpError | null {
    const levels = [...this.#readers].flatMap(({ ownerLevel }) => (ownerLevel === null ? [] : [ownerLevel]));
    const highest = levels.length > 0 ? Math.max(...levels) : null;
    if (reader.ownerLevel === null) {
      if (highest !== null) return ownerLevelMissing(highest);
      if (this.#readers.size >= maxReaders) return tooManyReceivers(maxReaders);
    } else {
      if (highest !== null && reader.ownerLevel < highest)
        return ownerLevelTooLow(reader.ownerLevel, highest);
      for (const other of this.#readers) other.detach(receiverDisplaced(reader.ownerLevel, other.ownerLevel));
      this.#readers.clear();
    }
    this.#readers.add(reader);
    return null;
  }

  leave(reader: Reader): void {
    this.#readers.delete(reader);
  }

  get size(): number {
    return this.#readers.size;
  }
}
