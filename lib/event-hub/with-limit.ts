import { setMaxListeners } from "node:events";

/**
 * Runs `run` with a signal that fires with `signal` or after `limitMs`; null: with `signal` alone. Then rejects
 * with the signal's reason even if `run` ignores it, as fetching a token does.
 */
export async function withLimit<T>(
  signal: AbortSignal,
  limitMs: number | null,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const limit = abortController();
  const late = (ms: number) =>
    limit.abort(new DOMException(`No answer within ${ms / 1000} s.`, "TimeoutError"));
  const timer = limitMs === null ? undefined : setTimeout(() => late(limitMs), limitMs);
  const onAbort = () => limit.abort(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await new Promise<T>((resolve, reject) => {
      limit.signal.addEventListener("abort", () => reject(limit.signal.reason), { once: true });
      run(limit.signal).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

/** A controller that many requests may listen to without Node's leak warning. */
export function abortController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
