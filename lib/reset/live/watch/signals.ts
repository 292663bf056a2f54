import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Base } from "#lib/reset/live/state.ts";

/** A partition's blobs as one listing showed them. */
export interface PartitionObservation {
  /** When the listing was requested. It contains everything written before. */
  askedAt: EpochMs;
  /** Null: there is none. */
  checkpoint: {
    etag: string;
    /** Null: unreadable. */
    sequenceNumber: number | null;
    /** Our values under our identifier. */
    isOurs: boolean;
    /** The writer that the blob names. Null: it names none (only .NET does). */
    writtenBy: string | null;
  } | null;
  /** Null: there is none. */
  ownership: { etag: string; ownerId: string | null } | null;
  /**
   * This reset holds other partitions too. Balancers count each as one more owner, so they may claim nothing, not even
   * released partitions, until the last hold ends.
   */
  othersHeld: boolean;
}

/** Answers of effects, observations, and requests to stop. */
export type LiveEvent =
  | { type: "start" }
  | { type: "tick" }
  /** `previous`: the active owner until now. Null: nobody. */
  | { type: "claimed"; etag: string; previous: string | null }
  | { type: "claimLost"; because: Reason }
  /** `isFinal`: another try would be refused too. */
  | { type: "claimFailed"; because: Reason; isFinal?: boolean }
  | { type: "renewed"; etag: string }
  | { type: "renewFailed" }
  | { type: "ousted"; because: Reason }
  | { type: "attached" }
  /** The partition's last event, read after the fence attached. Null: it could not be read. */
  | { type: "streamEnd"; sequenceNumber: number | null }
  | { type: "refused"; ownerLevel: number | null; detail: string }
  /** Not `isClean`: the service may consider it attached. */
  | { type: "attachFailed"; because: Reason; isClean: boolean }
  | { type: "fenceLost"; byReader: boolean; detail: string }
  | { type: "written" }
  | { type: "writeRefused" }
  | { type: "writeLost" }
  | { type: "writeFailed"; reason: Reason }
  | { type: "observed"; observation: PartitionObservation }
  | { type: "closed"; isClean: boolean }
  | { type: "released"; etag: string }
  | { type: "releaseFailed" }
  /** Asks to break off in good order. `isHurried`: the dashboard is stopping. */
  | { type: "breakOff"; reason: Reason; isHurried: boolean };

export type LiveEventType = LiveEvent["type"];
export type EventOf<Type extends LiveEventType> = Extract<LiveEvent, { type: Type }>;

/** Work for the driver. Each effect answers with an event. */
export type LiveEffect =
  | { do: "claim" }
  | { do: "renew"; etag: string }
  | { do: "attach"; ownerLevel: number }
  | { do: "write"; base: Base }
  /** Observes the blobs now, not at the next turn. */
  | { do: "observe" }
  | { do: "close" }
  /** Attaches and properly detaches once more, so that the service forgets the level. */
  | { do: "clearLevel"; ownerLevel: number }
  | { do: "release"; etag: string };
