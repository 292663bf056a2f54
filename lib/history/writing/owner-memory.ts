import type { EpochMs } from "#lib/core/time.ts";
import { compareOwner, type OwnerChange, type OwnerMemory } from "#lib/ownership/owner-changes.ts";
import { lastSampleAt } from "../reading/read-samples.ts";
import type { Engine } from "../storage/engine.ts";
import type { OwnershipsObservation } from "./refresh-batch.ts";

/** Looks further apart than this many periods are irregular. The store's times have whole seconds. */
const regularPeriods = 3;
const storeClockMs = 1_000;

export interface GroupOwners {
  previousAt: EpochMs | null;
  partitions: ReadonlyMap<string, OwnerMemory>;
}

export interface ComparedOwners {
  changes: OwnerChange[];
  changed: { partitionId: string; memory: OwnerMemory }[];
  owners: GroupOwners;
}

/**
 * Reads a group's stored owners for a restart.
 * @param storeAheadMs how far the store's clock, which owners go by, is ahead of the samples'
 */
export async function loadOwners(
  db: Engine["db"],
  seriesId: number,
  storeAheadMs: number,
): Promise<GroupOwners> {
  const states = await db
    .selectFrom("owner_states")
    .select(["partition_id", "holder", "last_holder", "since"])
    .where("series_id", "=", seriesId)
    .execute();
  const sampledAt = await lastSampleAt(db, seriesId);
  const times = [
    ...states.map(({ since }) => since),
    ...(sampledAt === null ? [] : [sampledAt + storeAheadMs]),
  ];
  return {
    previousAt: times.length === 0 ? null : Math.max(...times),
    partitions: new Map(
      states.map(({ partition_id, holder, last_holder: lastHolder, since }) => [
        partition_id,
        { holder, lastHolder, since, lastRenewedAt: null },
      ]),
    ),
  };
}

export function compareOwners(
  before: GroupOwners,
  observed: OwnershipsObservation,
  refreshSeconds: number,
): ComparedOwners {
  const { listedAt, expirationSeconds } = observed;
  const regularMs = regularPeriods * refreshSeconds * 1000 + storeClockMs;
  const rules = { listedAt, previousAt: before.previousAt, expirationSeconds, regularMs };
  const partitions = new Map(before.partitions);
  const compared: ComparedOwners = {
    changes: [],
    changed: [],
    owners: { previousAt: listedAt, partitions },
  };
  for (const [partitionId, ownership] of observed.ownerships) {
    const known = before.partitions.get(partitionId);
    const { changes, after } = compareOwner(partitionId, known, ownership, rules);
    partitions.set(partitionId, after);
    compared.changes.push(...changes);
    // An ownership that ended before the first observation is no change, but later observations must know it.
    const isNew = known === undefined && after.lastHolder !== null;
    if (changes.length > 0 || isNew) compared.changed.push({ partitionId, memory: after });
  }
  return compared;
}
