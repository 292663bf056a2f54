import type { EpochMs } from "#lib/core/time.ts";
import { ownerLevelMissing, ownerLevelTooLow, receiverDisplaced, tooManyReceivers } from "./amqp-errors.ts";
import type { AmqpError } from "./rhea.ts";

export interface Reader {
  ownerLevel: number | null;
  detach(error: AmqpError): void;
}

const maxReaders = 5;

export interface SlotFaults {
  lingeringLevelMs: number;
}

/**
 * The readers of one partition in one group. A reader with an owner level is alone: it disconnects readers
 * with the same, a lower or no level and keeps others out. Without levels five may read side by side.
 */
export class ReaderSlots {
  readonly #readers = new Set<Reader>();
  readonly #faults: SlotFaults;
  #lingering: { ownerLevel: number; until: EpochMs } | null = null;

  constructor(faults: SlotFaults = { lingeringLevelMs: 0 }) {
    this.#faults = faults;
  }

  admit(reader: Reader, now: EpochMs): AmqpError | null {
    const levels = [...this.#readers].flatMap(({ ownerLevel }) => (ownerLevel === null ? [] : [ownerLevel]));
    if (this.#lingering !== null && now < this.#lingering.until) levels.push(this.#lingering.ownerLevel);
    const highest = levels.length > 0 ? Math.max(...levels) : null;
    if (reader.ownerLevel === null) {
      if (highest !== null) return ownerLevelMissing(highest);
      if (this.#readers.size >= maxReaders) return tooManyReceivers(maxReaders);
    } else {
      if (highest !== null && reader.ownerLevel < highest)
        return ownerLevelTooLow(reader.ownerLevel, highest);
      for (const other of this.#readers) other.detach(receiverDisplaced(reader.ownerLevel, other.ownerLevel));
      this.#readers.clear();
      this.#lingering = null;
    }
    this.#readers.add(reader);
    return null;
  }

  leave(reader: Reader, isClean: boolean, now: EpochMs): void {
    if (!this.#readers.delete(reader) || isClean || reader.ownerLevel === null) return;
    const until = now + this.#faults.lingeringLevelMs;
    if (until > now) this.#lingering = { ownerLevel: reader.ownerLevel, until };
  }

  get size(): number {
    return this.#readers.size;
  }
}
