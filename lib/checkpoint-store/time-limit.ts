import { AbortError, type AbortSignalLike } from "@azure/abort-controller";

export function timeLimit(milliseconds: number, abortSignal?: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(milliseconds);
  return abortSignal ? AbortSignal.any([abortSignal, limit]) : limit;
}

/** Throws as the SDK does: a signal's own reason may be any value. */
export function throwIfAborted(abortSignal: AbortSignalLike | undefined, what: string): void {
  if (abortSignal?.aborted) throw new AbortError(`${what} was cancelled.`);
}
