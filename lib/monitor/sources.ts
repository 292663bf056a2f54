import type { Fault } from "#lib/api/errors.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { HubReach, HubReading } from "#lib/core/hub-reading.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";

export interface ReadOptions {
  abortSignal: AbortSignal;
}

export interface HubSource {
  read(options: ReadOptions): Promise<HubReading>;
  /** Open ways to it after a failed read. Null: unknown. */
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
  /** Why it has no current answer. Null: it has. */
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
 */
export async function readWithin<T>(
  what: string,
  limitMs: number,
  stop: AbortSignal,
  read: (options: ReadOptions) => Promise<T>,
): Promise<Outcome<T>> {
  const abortSignal = AbortSignal.any([stop, AbortSignal.timeout(limitMs)]);
  const cut = Promise.withResolvers<never>();
  const onAbort = () => cut.reject(timedOut(what, limitMs));
  abortSignal.addEventListener("abort", onAbort, { once: true });
  if (abortSignal.aborted) onAbort();
  try {
    return { value: await Promise.race([read({ abortSignal }), cut.promise]), fault: null };
  } catch (error) {
    return {
      value: null,
      fault: abortSignal.aborted ? faultOf(timedOut(what, limitMs)) : faultOf(error, what),
    };
  } finally {
    abortSignal.removeEventListener("abort", onAbort);
  }
}

function timedOut(what: string, limitMs: number): AppError {
  return new AppError(
    "azureTimeout",
    `${what} did not answer within ${limitMs / 1000} s; it is asked again at the next refresh.`,
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
