import { AbortError, type AbortSignalLike } from "@azure/abort-controller";

/** A signal for one call: aborted by the caller, or once the time is up. */
export function timeLimit(milliseconds: number, abortSignal?: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(milliseconds);
  return abortSignal ? AbortSignal.any([abortSignal, limit]) : limit;
}

/** Before a call: a signal's own reason may be any value, so it is told as the SDK tells it. */
export function throwIfAborted(abortSignal: AbortSignalLike | undefined, what: string): void {
  if (abortSignal?.aborted) throw new AbortError(`${what} was cancelled.`);
}
