import { AppError, type ErrorCode } from "#lib/core/app-error.ts";
import type { EventReader, Neighbours } from "#lib/event-hub/event-reader.ts";
import type { EventStart, ReadEvent } from "#lib/event-hub/read-event.ts";
import type { ResetPlace } from "../group/place.ts";

const limitMs = 45_000;
const niceLimitMs = 8_000;

const failuresThatTell = 3;
const failsEverywhere: ReadonlySet<ErrorCode> = new Set([
  "azureUnauthorized",
  "azureUnreachable",
  "azureFailed",
  "eventHubNotFound",
]);

interface LookupOptions {
  openEvents: () => EventReader;
  consumerGroup: string;
  inspectionConsumerGroup: string | null;
  abortSignal: AbortSignal;
}

/**
 * Reads the events that one plan needs, in the inspection group, or in the group itself when nobody reads
 * there (lib/event-hub/README.md#in-which-group). Has one time limit, and a shorter one for what is only nice
 * to know, such as an event's time. Stops trying what fails everywhere, which three failures tell.
 * `firstEvent` and `neighbours` throw as those of `EventReader`.
 */
export class EventLookup {
  readonly #options: LookupOptions;
  readonly #limit: AbortSignal;
  readonly #niceLimit: AbortSignal;
  #reader: EventReader | null = null;
  #failures = 0;
  #fault: AppError | null = null;

  static at(place: ResetPlace, abortSignal: AbortSignal): EventLookup {
    return new EventLookup({
      openEvents: () => place.openEvents(),
      consumerGroup: place.group,
      inspectionConsumerGroup: place.inspectionConsumerGroup,
      abortSignal,
    });
  }

  constructor(options: LookupOptions) {
    this.#options = options;
    this.#limit = AbortSignal.any([options.abortSignal, AbortSignal.timeout(limitMs)]);
    this.#niceLimit = AbortSignal.any([options.abortSignal, AbortSignal.timeout(niceLimitMs)]);
  }

  /** True when events of a partition may be read. `isQuiet`: nobody owns or reads it in its own group. */
  mayRead(isQuiet: boolean): boolean {
    return this.#options.inspectionConsumerGroup !== null || isQuiet;
  }

  firstEvent(partitionId: string, start: EventStart): Promise<ReadEvent | null> {
    return this.#read((reader, group, abortSignal) =>
      reader.firstEvent(group, partitionId, start, { abortSignal }),
    );
  }

  neighbours(partitionId: string, sequenceNumber: number, begin: number): Promise<Neighbours> {
    return this.#read((reader, group, abortSignal) =>
      reader.neighbours(group, partitionId, { sequenceNumber, begin }, { abortSignal }),
    );
  }

  /** For what is nice to know: null also when the event can't be read. */
  async eventIfPossible(partitionId: string, start: EventStart, isQuiet: boolean): Promise<ReadEvent | null> {
    if (!this.mayRead(isQuiet) || this.#niceLimit.aborted) return null;
    return this.#read(
      (reader, group, abortSignal) => reader.firstEvent(group, partitionId, start, { abortSignal }),
      this.#niceLimit,
    ).catch(() => null);
  }

  async close(): Promise<void> {
    await this.#reader?.close();
  }

  async #read<T>(
    read: (reader: EventReader, group: string, abortSignal: AbortSignal) => Promise<T>,
    limit = this.#limit,
  ): Promise<T> {
    if (this.#fault !== null) throw this.#fault;
    const { openEvents, inspectionConsumerGroup, consumerGroup } = this.#options;
    this.#reader ??= openEvents();
    try {
      return await read(this.#reader, inspectionConsumerGroup ?? consumerGroup, limit);
    } catch (error) {
      if (error instanceof AppError && failsEverywhere.has(error.code)) {
        this.#failures += 1;
        if (this.#failures >= failuresThatTell) this.#fault ??= error;
      }
      throw error;
    }
  }
}
