import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Base } from "#lib/reset/live/state.ts";

/**
 * A partition's blobs as one listing showed them. Null: there is none, or no readable value.
 * - `askedAt`: when the listing was requested, which contains everything written before.
 * - `isOurs`: our values stand under our identifier.
 * - `writtenBy`: the writer that the blob names; null: it names none (only .NET does).
 * - `othersHeld`: this reset holds other partitions too. Balancers count each as one more owner, so they may
 *   claim nothing, not even released partitions, until the last hold ends.
 */
export interface PartitionObservation {
  askedAt: EpochMs;
  checkpoint: {
    etag: string;
    sequenceNumber: number | null;
    isOurs: boolean;
    writtenBy: string | null;
  } | null;
  ownership: { etag: string; ownerId: string | null } | null;
  othersHeld: boolean;
}

/**
 * Answers of effects, observations, and requests to stop.
 * - `claimed`: `previous` is the active owner until now; null: nobody.
 * - `claimFailed`, if `isFinal`: another try would be refused too.
 * - `streamEnd`: the partition's last event, read after the fence attached; null: it could not be read.
 * - `attachFailed`, if not `isClean`: the service may consider it attached.
 * - `breakOff`: asks to break off in good order; `isHurried`: the dashboard is stopping.
 */
export type LiveEvent =
  | { type: "start" }
  | { type: "tick" }
  | { type: "claimed"; etag: string; previous: string | null }
  | { type: "claimRefused"; because: Reason }
  | { type: "claimFailed"; because: Reason; isFinal?: boolean }
  | { type: "renewed"; etag: string }
  | { type: "renewFailed" }
  | { type: "ousted"; because: Reason }
  | { type: "attached" }
  | { type: "streamEnd"; sequenceNumber: number | null }
  | { type: "refused"; ownerLevel: number | null; detail: string }
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
  | { type: "breakOff"; reason: Reason; isHurried: boolean };

export type LiveEventType = LiveEvent["type"];
export type EventOf<Type extends LiveEventType> = Extract<LiveEvent, { type: Type }>;

/**
 * Work for the driver. Each effect answers with an event. `observe`: looks now, not at the next turn.
 * `clearLevel`: attaches and properly detaches once more, so that the service forgets the level.
 */
export type LiveEffect =
  | { do: "claim" }
  | { do: "renew"; etag: string }
  | { do: "attach"; ownerLevel: number }
  | { do: "write"; base: Base }
  | { do: "observe" }
  | { do: "close" }
  | { do: "clearLevel"; ownerLevel: number }
  | { do: "release"; etag: string };
