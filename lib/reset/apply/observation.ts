import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { GroupListing } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { ownershipState } from "#lib/ownership/ownership.ts";

/** The world just before a write. */
export interface Observation {
  listing: GroupListing;
  /** By partition, in every casing; the newest first. */
  ownerships: ReadonlyMap<string, readonly StoredOwnership[]>;
  hub: HubReading;
  /** What was made, moved or left behind between the preview and the beginning, by partition. */
  faults: ReadonlyMap<string, Reason>;
  /** The group's folders of the common layout, each ending in a slash. */
  trees: readonly string[];
  /** Other blobs that speak for the partition, by their names, with the etags that they had at the beginning. */
  rivals: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** After which an owner counts as gone. */
  guardSeconds: number;
  /** Of a move from another group or store: how that one stands; its writes are what is moved, by partition. */
  /** The group's name. */
  group: string;
  /** Lower-cased, as Azure Resource Manager lists them; null: nothing depends on it, and it was not asked. */
  knownGroups: ReadonlySet<string> | null;
  source: (Observation & { writes: ReadonlyMap<string, PlannedWrite> }) | null;
}

export type Judgement =
  /** `blob` null: there is none, and one is to be made. */
  | { verdict: "free"; blob: ListedBlob | null; lastOwnerId: string | null }
  | { verdict: "conflict" | "failed"; reason: Reason };

export const conflict = (why: Reason): Exclude<Judgement, { verdict: "free" }> => ({
  verdict: "conflict",
  reason: why,
});

/** Null: it is released or expired. A nameless one counts while somebody writes it. */
export function judgeOwnership(ownership: StoredOwnership, observation: Observation): Judgement | null {
  const { readAt } = observation.listing;
  const age = readAt - ownership.lastRenewedAt;
  const isNameless = ownership.ownerId === null && age < observation.guardSeconds * 1000;
  if (!isNameless && ownershipState(ownership, readAt, observation.guardSeconds) !== "active") return null;
  if (resetHolding(ownership.ownerId ?? "") !== null) {
    const retryAfterSeconds = Math.max(1, Math.ceil(observation.guardSeconds - age / 1000));
    return conflict(reason("heldByReset", { retryAfterSeconds }));
  }
  const renewedSecondsAgo = Math.max(0, Math.round(age / 1000));
  return conflict(reason("ownedNow", { ownerId: ownership.ownerId || null, renewedSecondsAgo }));
}
