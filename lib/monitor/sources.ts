import type { Fault } from "#lib/api/errors.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { HubReach, HubReading } from "#lib/core/hub-reading.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";

export interface ReadOptions {
  abortSignal: AbortSignal;
}

/** What the monitor reads of one hub; `lib/event-hub` and `lib/checkpoint-store` make such readers. */
export interface HubSource {
  read(options: ReadOptions): Promise<HubReading>;
  /** Which ways to it are open, once reading has failed; null: that is not known. */
  reach?(): HubReach | null;
  close(): Promise<void>;
}

export interface StoreSource {
  id: string;
  read(options: ReadOptions): Promise<StoreReading>;
  /** Of a whole account: the stores that its last `read` knows of, each of which is read like any other. */
  found?(): readonly StoreSource[];
}

/** Consumer groups that are known from elsewhere than blobs; asks rarely, and never fails: it then knows none. */
export interface GroupCatalog {
  consumerGroups(options: ReadOptions): Promise<readonly string[]>;
  /** Why it knows none, or none newer; null: it was answered. */
  fault(): Fault | null;
}

export interface MonitoredHub {
  id: string;
  fullyQualifiedNamespace: string;
  eventHubName: string;
  /** Groups to show even where they have no blob yet. */
  consumerGroups: readonly string[];
  ownershipExpirationSeconds: number | null;
  /** The group of the dashboard's own to read single events with. */
  inspectionConsumerGroup?: string | null;
  /** The lag at which a partition of a group counts as level; absent: 0 for all. */
  allowedLag?: (consumerGroup: string) => number;
  hub: HubSource;
  stores: readonly StoreSource[];
  /** Null: nobody else is asked for groups. */
  catalog?: GroupCatalog | null;
}

/** A source's answer, or why there is none. */
export type Outcome<T> = { value: T; fault: null } | { value: null; fault: Fault };

/**
 * Reads a source with a time limit that holds even where the source ignores its abort signal: a call that
 * never comes back must not hold up the hub's refreshes for good.
 * @param what names the source in the message, such as `The checkpoint store main`
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
  // A signal that has aborted already tells nobody any more.
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
