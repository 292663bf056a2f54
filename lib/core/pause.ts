import { AppError } from "./app-error.ts";

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

interface RetryOptions {
  /** In all, the first included. */
  tries: number;
  /** Before the next try. @param tries so far */
  pauseMs(tries: number): number;
  /** True: another try may succeed. Default: a retryable `AppError`. */
  mayPass?(error: unknown): boolean;
}

/** Tries again, after a pause, while a failure may pass; throws the last one. */
export async function retry<T>(
  work: () => T | Promise<T>,
  { tries, pauseMs, mayPass = isRetryable }: RetryOptions,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried === tries || !mayPass(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs(tried)));
    }
  }
}

function isRetryable(error: unknown): boolean {
  return error instanceof AppError && error.retryable;
}
