import type { Clock } from "#lib/core/time.ts";
import type { DeliveryRecords, DeliveryRow, TryResult } from "#lib/history/incidents/delivery-records.ts";
import type { AlertChannel, SendResult } from "./channels/channel.ts";
import { send } from "./channels/send.ts";
import { messageSchema } from "./message.ts";

/** The pause after a crash in the middle of an attempt. */
const claimMs = 60_000;
const firstRetryMs = 5_000;
const lastRetryMs = 10 * 60_000;
const giveUpMs = 24 * 3_600_000;
/** Attempts at a message that the receiver refuses: the messages behind it must not wait for a day. */
const rejectedTries = 3;
const maxWaiting = 500;
const longestRestMs = 15_000;
/** A delivery that is cut off after it arrived would arrive twice. */
const graceMs = 2_000;

export interface DeliveryQueueOptions {
  channels: readonly AlertChannel[];
  records: DeliveryRecords;
  clock?: Clock;
  onGivenUp(channel: string, error: string): void;
  firstRetryMs?: number;
}

/** Sends queued messages, each channel in order, and retries with growing pauses. */
export class DeliveryQueue {
  readonly #options: DeliveryQueueOptions;
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  readonly #cut = new AbortController();
  readonly #wakers = new Map<string, () => void>();
  /** Counts wake-ups, so that a message queued during an observation is not slept over. */
  #wakes = 0;
  readonly #served = new Map<AlertChannel, { end: AbortController; ended: Promise<void> }>();
  #channels: readonly AlertChannel[];
  #isStarted = false;

  constructor(options: DeliveryQueueOptions) {
    this.#options = options;
    this.#channels = options.channels;
    this.#clock = options.clock ?? Date.now;
  }

  start(): void {
    this.#isStarted = true;
    for (const channel of this.#channels) this.#begin(channel, Promise.resolve());
  }

  /**
   * Serves these channels from now on. An unchanged channel object goes on; a current attempt is finished.
   */
  changeChannels(channels: readonly AlertChannel[]): void {
    const gone = [...this.#served].filter(([channel]) => !channels.includes(channel));
    for (const [channel, { end }] of gone) {
      end.abort();
      this.#wakers.get(channel.id)?.();
      this.#served.delete(channel);
    }
    this.#channels = channels;
    if (!this.#isStarted) return;
    for (const channel of channels) {
      if (this.#served.has(channel)) continue;
      // Two workers on one channel would send out of order.
      const before = gone.find(([{ id }]) => id === channel.id)?.[1].ended;
      this.#begin(channel, before ?? Promise.resolve());
    }
  }

  wake(): void {
    this.#wakes += 1;
    for (const waker of this.#wakers.values()) waker();
  }

  /** A current attempt gets a moment for its answer; otherwise it is made again after the next start. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.wake();
    const timer = setTimeout(() => this.#cut.abort(), graceMs);
    await Promise.all([...this.#served.values()].map(({ ended }) => ended));
    clearTimeout(timer);
  }

  #begin(channel: AlertChannel, before: Promise<void>): void {
    const end = new AbortController();
    const isOver = () => this.#stop.signal.aborted || end.signal.aborted;
    this.#served.set(channel, { end, ended: before.then(() => this.#serve(channel, isOver)) });
  }

  async #serve(channel: AlertChannel, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const wakes = this.#wakes;
      const rest = await this.#next(channel).catch(() => longestRestMs);
      if (rest > 0 && wakes === this.#wakes && !isOver()) await this.#rest(channel.id, rest);
    }
  }

  async #next(channel: AlertChannel): Promise<number> {
    const { records } = this.#options;
    const delivery = await records.oldestWaiting(channel.id);
    if (delivery === undefined) return longestRestMs;
    const now = this.#clock();
    const due = (delivery.next_try_at ?? 0) - now;
    if (due > 0) return Math.min(due, longestRestMs);
    await records.bound(
      channel.id,
      maxWaiting,
      `More than ${maxWaiting} were waiting; the oldest were given up.`,
    );
    if (!(await records.claim(delivery, now, now + claimMs))) return 0;
    const message = messageSchema.parse(JSON.parse(delivery.message));
    const abortSignal = this.#cut.signal;
    const outcome = await send(channel, message, { id: delivery.id, now, abortSignal });
    await records.note(delivery.id, this.#resultOf(channel, delivery, outcome));
    return 0;
  }

  #resultOf(channel: AlertChannel, delivery: DeliveryRow, outcome: SendResult): TryResult {
    if (outcome.result === "sent") return { state: "sent", nextTryAt: null, error: outcome.note ?? null };
    const { error } = outcome;
    const now = this.#clock();
    const tries = delivery.tries + 1;
    const isTooOld = now - delivery.created_at > giveUpMs;
    if (isTooOld || (outcome.result === "rejected" && tries >= rejectedTries)) {
      this.#options.onGivenUp(channel.id, error);
      return { state: "failed", nextTryAt: null, error };
    }
    const first = this.#options.firstRetryMs ?? firstRetryMs;
    const pause = this.#stop.signal.aborted ? 0 : Math.min(lastRetryMs, first * 2 ** (tries - 1));
    const asked = (outcome.retryAfterSeconds ?? 0) * 1000;
    return { state: "waiting", nextTryAt: now + Math.max(pause, asked), error };
  }

  #rest(channel: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#wakers.delete(channel);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#wakers.set(channel, end);
    });
  }
}
