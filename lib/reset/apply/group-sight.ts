import type { ContainerClient } from "@azure/storage-blob";
import {
  type CheckpointPlace,
  type GroupListing,
  listGroup,
  ownershipsIn,
  prefixesOf,
} from "#lib/checkpoint-store/group-listing.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoredGroup, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { guardingExpirationSeconds } from "#lib/ownership/expiration.ts";
import type { ResetPlace } from "../place.ts";
import type { Sight } from "./judge-entry.ts";

/** Reading every partition costs a request each: so long one reading is good for. */
const hubReadingMs = 10_000;
/** So old a listing may be when a write begins; listing a thousand partitions takes about as long itself. */
const listingMs = 1_500;
const readLimitMs = 30_000;

/** After how many seconds an owner counts as gone where a mistake would cost a reset. */
export function guardSecondsOf(place: ResetPlace): number {
  return guardingExpirationSeconds(place.ownershipExpirationSeconds, place.observedExpirationSeconds());
}

/** Looks at a group, its owners and its hub again and again while it is reset. */
export class GroupSight {
  readonly guardSeconds: number;
  readonly #place: ResetPlace;
  readonly #writes: readonly PlannedWrite[];
  #prefixes: string[];
  #rivals = new Map<string, Map<string, string>>();
  #hub: { reading: HubReading; until: number } | null = null;
  #listing: { listing: GroupListing; until: number } | null = null;

  constructor(place: ResetPlace, writes: readonly PlannedWrite[]) {
    this.#place = place;
    this.#writes = writes;
    this.#prefixes = prefixesOf(writes);
    this.guardSeconds = guardSecondsOf(place);
  }

  get container(): ContainerClient {
    return this.#place.container;
  }

  /** Learns where the group's blobs stand, in whatever spelling and layout. @throws AppError */
  async open(): Promise<void> {
    const { groups } = await this.#place.readStore(AbortSignal.timeout(readLimitMs));
    const group = groups.get(this.#place.group.toLowerCase());
    if (group === undefined) return;
    this.#prefixes = prefixesOf([...this.#writes, ...checkpointsOf(group)]);
    this.#rivals = rivalsOf(group, this.#writes);
    for (const { blobName, partitionId, leased } of group.ownerships.values()) {
      if (leased === undefined) this.#prefixes.push(blobName.slice(0, -partitionId.length));
    }
    this.#prefixes = withoutCovered(this.#prefixes);
  }

  /** The group's blobs as they stand now. @throws AppError */
  list(): Promise<GroupListing> {
    return listGroup(this.container, this.#prefixes);
  }

  /** Everything that a write depends on; the blobs as they stood a moment ago at most. @throws AppError */
  async look(): Promise<Sight> {
    const hub = await this.#readHub();
    const listing = await this.#listAnew();
    const ownerships: ReadonlyMap<string, StoredOwnership> = ownershipsIn(listing);
    return { listing, ownerships, hub, rivals: this.#rivals, guardSeconds: this.guardSeconds };
  }

  async #listAnew(): Promise<GroupListing> {
    if (this.#listing !== null && performance.now() < this.#listing.until) return this.#listing.listing;
    const until = performance.now() + listingMs;
    const listing = await this.list();
    this.#listing = { listing, until };
    return listing;
  }

  async #readHub(): Promise<HubReading> {
    if (this.#hub !== null && performance.now() < this.#hub.until) return this.#hub.reading;
    const reading = await this.#place.readHub(AbortSignal.timeout(readLimitMs));
    this.#hub = { reading, until: performance.now() + hubReadingMs };
    return reading;
  }
}

function* checkpointsOf(group: StoredGroup): Iterable<CheckpointPlace> {
  yield* group.checkpoints.values();
  yield* group.superseded;
}

/** Every blob that speaks for a partition but the one that is to be written. */
function rivalsOf(group: StoredGroup, writes: readonly PlannedWrite[]): Map<string, Map<string, string>> {
  const planned = new Set(writes.map(({ blobName }) => blobName));
  const rivals = new Map<string, Map<string, string>>();
  for (const { partitionId, blobName, etag } of [...group.checkpoints.values(), ...group.superseded]) {
    if (planned.has(blobName)) continue;
    rivals.set(partitionId, (rivals.get(partitionId) ?? new Map()).set(blobName, etag));
  }
  return rivals;
}

function withoutCovered(prefixes: readonly string[]): string[] {
  const all = [...new Set(prefixes)];
  return all.filter((one) => !all.some((other) => other !== one && one.startsWith(other)));
}
