import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Base } from "#lib/reset/live/state.ts";

/** A partition's blobs as one listing showed them. */
export interface PartitionObservation {
  /** When the listing was asked for: nothing that was written before is missing in it. */
  askedAt: EpochMs;
  /** Null: there is none. */
  checkpoint: {
    etag: string;
    /** Null: unreadable. */
    sequenceNumber: number | null;
    /** Our values under our identifier. */
    isOurs: boolean;
    /** Who says to have written it; null: nobody does (.NET alone tells). */
    writtenBy: string | null;
  } | null;
  /** Null: there is none. */
  ownership: { etag: string; ownerId: string | null } | null;
  /**
   * Other partitions are held by this reset: to the group's balancers each is one more owner, so that they may
   * claim nothing, not even what was given back, until the last of them is gone.
   */
  othersHeld: boolean;
}

/** What happens to a partition: what the effects answer, what is seen, and what is asked. */
export type LiveEvent =
  | { type: "start" }
  | { type: "tick" }
  /** `previous`: the active owner that it was taken from; null: nobody. */
  | { type: "claimed"; etag: string; previous: string | null }
  | { type: "claimLost"; because: Reason }
  /** `isFinal`: it was refused, and would be at every other try. */
  | { type: "claimFailed"; because: Reason; isFinal?: boolean }
  | { type: "renewed"; etag: string }
  | { type: "renewFailed" }
  /** Somebody else owns the partition. */
  | { type: "ousted"; because: Reason }
  | { type: "attached" }
  /** The partition's last event at a moment after it was attached; null: it could not be read. */
  | { type: "streamEnd"; sequenceNumber: number | null }
  | { type: "refused"; ownerLevel: number | null; detail: string }
  /** Not `isClean`: the service may take it for attached. */
  | { type: "attachFailed"; because: Reason; isClean: boolean }
  | { type: "fenceLost"; byReader: boolean; detail: string }
  | { type: "written" }
  | { type: "writeRefused" }
  /** It is not known whether it was written. */
  | { type: "writeLost" }
  | { type: "writeFailed"; reason: Reason }
  | { type: "observed"; observation: PartitionObservation }
  | { type: "closed"; isClean: boolean }
  | { type: "released"; etag: string }
  | { type: "releaseFailed" }
  /** To be broken off in good order. `isHurried`: the dashboard is being stopped. */
  | { type: "breakOff"; reason: Reason; isHurried: boolean };

export type LiveEventType = LiveEvent["type"];
export type EventOf<Type extends LiveEventType> = Extract<LiveEvent, { type: Type }>;

/** What is to be done; each answers with an event. */
export type LiveEffect =
  | { do: "claim" }
  | { do: "renew"; etag: string }
  | { do: "attach"; ownerLevel: number }
  | { do: "write"; base: Base }
  /** Looks at the blobs at once, rather than at the next turn. */
  | { do: "look" }
  | { do: "close" }
  /** Attaches once more and detaches in good order, so that the service forgets the level. */
  | { do: "clearLevel"; ownerLevel: number }
  | { do: "release"; etag: string };
