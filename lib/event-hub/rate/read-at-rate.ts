import { pause } from "#lib/core/pause.ts";
import { toHubError } from "../to-hub-error.ts";
import { withLimit } from "../with-limit.ts";
import type { PropertyRate } from "./property-rate.ts";
import type { ReadingLimit } from "./reading-limit.ts";

const retryPauseMs = 250;

/**
 * `timeoutMs` covers the tries, from their turns on: the wait before them is no fault of the service. `limit`:
 * that of the reading it belongs to.
 */
interface ReadAtRate {
  rate: PropertyRate;
  first?: boolean;
  signal: AbortSignal;
  timeoutMs: number;
  tries: number;
  limit?: ReadingLimit | null;
}

/** Sends a property read in its turn, again after a failure that passes, and slows the rate at each busy answer. */
export async function readAtRate<T>(
  { rate, first = false, signal, timeoutMs, tries, limit = null }: ReadAtRate,
  run: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  let leftMs = timeoutMs;
  for (let tried = 1; ; tried += 1) {
    const turn = rate.turn({ first, signal });
    await (limit?.turn(turn) ?? turn);
    const sentAt = rate.now();
    const startedAt = performance.now();
    try {
      return await withLimit(signal, leftMs, run);
    } catch (cause) {
      const { code } = toHubError(cause, { eventHubName: "", fullyQualifiedNamespace: "" });
      if (code === "azureThrottled") rate.noteBusy(sentAt);
      leftMs -= performance.now() - startedAt + retryPauseMs;
      if (tried >= tries || leftMs <= 0 || !isTransient(cause)) throw cause;
      limit?.again();
      await pause(retryPauseMs, signal);
    }
  }
}

function isTransient(cause: unknown): boolean {
  return cause instanceof Error && "retryable" in cause && cause.retryable === true;
}
