import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { GroupListing } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { ownershipState } from "#lib/ownership/ownership.ts";

/**
 * What a write depends on, observed just before it.
 * - `ownerships`: in every casing, newest first, by partition.
 * - `faults`: what changed between the preview and the start of the reset, by partition.
 * - `trees`: the group's folders of the common layout, each ending in a slash.
 * - `rivals`: each partition's other checkpoints by name, with their etags at the start of the reset.
 * - `guardSeconds`: an owner that hasn't renewed for this long counts as gone.
 * - `knownGroups`: lower-cased names from Azure Resource Manager; null: nothing depends on them.
 * - `source`: that of a move from another group or store. Its writes are the moved checkpoints, by partition.
 */
export interface Observation {
  listing: GroupListing;
  ownerships: ReadonlyMap<string, readonly StoredOwnership[]>;
  hub: HubReading;
  faults: ReadonlyMap<string, Reason>;
  trees: readonly string[];
  rivals: ReadonlyMap<string, ReadonlyMap<string, string>>;
  guardSeconds: number;
  group: string;
  knownGroups: ReadonlySet<string> | null;
  source: (Observation & { writes: ReadonlyMap<string, PlannedWrite> }) | null;
}

export type Judgement =
  /** `blob` null: the write creates it. */
  | { verdict: "free"; blob: ListedBlob | null; lastOwnerId: string | null }
  | { verdict: "conflict" | "failed"; reason: Reason };

export const conflict = (why: Reason): Exclude<Judgement, { verdict: "free" }> => ({
  verdict: "conflict",
  reason: why,
});

/** Null when the ownership is released or expired. A nameless one counts while somebody writes it. */
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
