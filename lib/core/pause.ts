import { AppError } from "./app-error.ts";

const longestSliceMs = 5;
const itemsAtOnce = 32;

/** Waits; ends early, without throwing, when `stop` aborts. */
export function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const onAbort = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(
      () => {
        stop.removeEventListener("abort", onAbort);
        resolve();
      },
      Math.max(0, ms),
    );
    // A signal that aborted before fires no event.
    if (stop.aborted) onAbort();
    else stop.addEventListener("abort", onAbort, { once: true });
  });
}

/**
 * `tries` counts the first one too; `pauseMs` gets the number so far. `mayPass` defaults to a retryable
 * `AppError`. A failure later than `forMs`, by default unlimited, is final. `stop` also ends a pause. The
 * last failure is thrown.
 */
interface RetryOptions {
  tries: number;
  pauseMs(tries: number): number;
  mayPass?(error: unknown): boolean;
  forMs?: number;
  stop?: AbortSignal;
}

export async function retry<T>(work: () => T | Promise<T>, options: RetryOptions): Promise<T> {
  const { tries, pauseMs, mayPass = isRetryable, forMs = Number.POSITIVE_INFINITY } = options;
  const { stop = new AbortController().signal } = options;
  const began = performance.now();
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried === tries || !mayPass(error) || performance.now() - began >= forMs) throw error;
      await pause(pauseMs(tried), stop);
      if (stop.aborted) throw error;
    }
  }
}

function isRetryable(error: unknown): boolean {
  return error instanceof AppError && error.retryable;
}

/**
 * Calls `late` once when the time of `until`, on `performance.now()`'s clock, is over. It may move meanwhile.
 * Returns what ends the watch.
 */
export function whenLate(until: () => number, late: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    const leftMs = until() - performance.now();
    if (leftMs <= 0) late();
    else timer = setTimeout(look, Math.ceil(leftMs));
  };
  look();
  return () => clearTimeout(timer);
}

/** Splits long work: the returned function, called between parts, lets others run after every 5 ms. */
export function turns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < longestSliceMs) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    began = performance.now();
  };
}

/** Does to each item what `act` does, and lets others run in between where that takes long. */
export async function inTurns<T>(
  items: readonly T[],
  rest: ReturnType<typeof turns>,
  act: (item: T) => void,
): Promise<void> {
  for (const [index, item] of items.entries()) {
    act(item);
    // Asking after each one would cost as much as a small `act`.
    if (index % itemsAtOnce === itemsAtOnce - 1) await rest();
  }
  await rest();
}
