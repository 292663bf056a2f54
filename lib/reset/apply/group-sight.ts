import type { ContainerClient } from "@azure/storage-blob";
import {
  type CheckpointPlace,
  type GroupListing,
  listGroup,
  ownershipsIn,
  prefixesOf,
} from "#lib/checkpoint-store/group-listing.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { ownershipsOf, type StoredGroup } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { guardingExpirationSeconds } from "#lib/ownership/expiration.ts";
import type { ResetPlace } from "../place.ts";
import type { Sight } from "./judge-entry.ts";

/** Reading every partition costs a request each: so long one reading is good for. */
const hubReadingMs = 10_000;
/** So old a listing may be when a write begins. */
const listingMs = 1_500;
/** Where looking takes long itself, it is good for so many times as long: else little would be left for writing. */
const timesAsLong = 2;
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
  readonly #hub: Fresh<HubReading>;
  readonly #listing: Fresh<GroupListing>;

  constructor(place: ResetPlace, writes: readonly PlannedWrite[]) {
    this.#place = place;
    this.#writes = writes;
    this.#prefixes = prefixesOf(writes);
    this.guardSeconds = guardSecondsOf(place);
    this.#hub = new Fresh(hubReadingMs, () => place.readHub(AbortSignal.timeout(readLimitMs)));
    this.#listing = new Fresh(listingMs, () => this.list());
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
    for (const { blobName, partitionId, leased } of ownershipsOf(group)) {
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
    const [hub, listing] = await Promise.all([this.#hub.get(), this.#listing.get()]);
    const ownerships = ownershipsIn(listing);
    return { listing, ownerships, hub, rivals: this.#rivals, guardSeconds: this.guardSeconds };
  }
}

/** What was read a moment ago, or is read anew. */
class Fresh<T> {
  readonly #goodForMs: number;
  readonly #read: () => Promise<T>;
  #known: { value: T; until: number } | null = null;

  constructor(goodForMs: number, read: () => Promise<T>) {
    this.#goodForMs = goodForMs;
    this.#read = read;
  }

  async get(): Promise<T> {
    const startedAt = performance.now();
    if (this.#known !== null && startedAt < this.#known.until) return this.#known.value;
    const value = await this.#read();
    const now = performance.now();
    this.#known = {
      value,
      until: Math.max(startedAt + this.#goodForMs, now + timesAsLong * (now - startedAt)),
    };
    return value;
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
