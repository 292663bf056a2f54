import type { Fault } from "#lib/api/errors.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { HubPace, HubReach, HubReading } from "#lib/core/hub-reading.ts";
import { whenLate } from "#lib/core/pause.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";

export interface ReadOptions {
  abortSignal: AbortSignal;
}

export interface HubSource {
  /** Begins what the next `read` needs and no checkpoint depends on. */
  begin?(): void;
  read(options: ReadOptions): Promise<HubReading>;
  /**
   * The current reading's time limit at the hub's rate, on `performance.now()`'s clock; 0: none of its own.
   * `pace` is null if the rate is unlimited. `reach` tells the open ways to the hub after a failed read;
   * null: unknown.
   */
  goesOnUntil?(): number;
  pace?(): HubPace | null;
  reach?(): HubReach | null;
  close(): Promise<void>;
}

export interface StoreSource {
  id: string;
  read(options: ReadOptions): Promise<StoreReading>;
  /** For an account: the stores that its last `read` found, each read like any other. */
  found?(): readonly StoreSource[];
}

/** Knows consumer groups without blobs. Asks rarely and never fails; it then returns none. */
export interface GroupCatalog {
  consumerGroups(options: ReadOptions): Promise<readonly string[]>;
  fault(): Fault | null;
}

export interface MonitoredHub {
  id: string;
  fullyQualifiedNamespace: string;
  eventHubName: string;
  consumerGroups: readonly string[];
  ownershipExpirationSeconds: number | null;
  inspectionConsumerGroup?: string | null;
  allowedLag?: (consumerGroup: string) => number;
  hub: HubSource;
  stores: readonly StoreSource[];
  catalog?: GroupCatalog | null;
}

export type Outcome<T> = { value: T; fault: null } | { value: null; fault: Fault };

/**
 * Reads a source with a time limit that holds even if the source ignores its signal: a hanging call must not
 * block the hub's refreshes.
 * @param what names the source in messages, such as `The checkpoint store main`
 * @param goesOnUntil extends the limit: a slowed source computes it while it reads
 */
export async function readWithin<T>(
  what: string,
  limitMs: number,
  stop: AbortSignal,
  read: (options: ReadOptions) => Promise<T>,
  goesOnUntil: () => number = () => 0,
): Promise<Outcome<T>> {
  const startedAt = performance.now();
  const late = new AbortController();
  const abortSignal = AbortSignal.any([stop, late.signal]);
  const cut = Promise.withResolvers<never>();
  const tookMs = () => {
    const ms = performance.now() - startedAt;
    return ms < limitMs + 1000 ? limitMs : Math.round(ms / 1000) * 1000;
  };
  const onAbort = () => cut.reject(timedOut(what, tookMs()));
  const endWatch = whenLate(
    () => Math.max(startedAt + limitMs, goesOnUntil()),
    () => late.abort(new DOMException(`No answer within ${tookMs() / 1000} s.`, "TimeoutError")),
  );
  abortSignal.addEventListener("abort", onAbort, { once: true });
  if (abortSignal.aborted) onAbort();
  try {
    return { value: await Promise.race([read({ abortSignal }), cut.promise]), fault: null };
  } catch (error) {
    return {
      value: null,
      fault: abortSignal.aborted ? faultOf(timedOut(what, tookMs())) : faultOf(error, what),
    };
  } finally {
    endWatch();
    abortSignal.removeEventListener("abort", onAbort);
  }
}

function timedOut(what: string, limitMs: number): AppError {
  return new AppError(
    "azureTimeout",
    `${what} did not answer within ${limitMs / 1000} s. It is asked again at the next refresh.`,
    {
      retryable: true,
    },
  );
}

function faultOf(error: unknown, what = "The source"): Fault {
  return error instanceof AppError
    ? { code: error.code, message: error.message }
    : {
        code: "azureFailed",
        message: `${what} could not be read: ${error instanceof Error ? error.name : "unknown fault"}.`,
      };
}
