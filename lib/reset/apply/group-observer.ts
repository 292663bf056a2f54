import type { ContainerClient } from "@azure/storage-blob";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import {
  type CheckpointAddress,
  type GroupListing,
  listGroup,
  ownershipsIn,
  prefixesOf,
  withoutCovered,
} from "#lib/checkpoint-store/listing/group-listing.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoredGroup } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { guardSecondsOf } from "../group/guard-seconds.ts";
import { treesOf } from "../group/live-tree.ts";
import type { ResetPlace } from "../group/place.ts";
import { Fresh } from "./fresh.ts";
import type { Observation } from "./observation.ts";
import { planFaults } from "./plan-faults.ts";

/** Longer than for blobs: each partition costs a request, and retention moves slowly. */
const hubAge = { goodForMs: 10_000, mostMs: 30_000 };
/** The age of a listing when a write begins. Short, because a processor may claim right after it. */
const listingAge = { goodForMs: 2_500, mostMs: 5_000 };
const readLimitMs = 30_000;

/**
 * Observes a group, its owners and its hub while it is reset, and also the source when checkpoints are moved
 * here from another group or store.
 */
export class GroupObserver {
  readonly guardSeconds: number;
  readonly #place: ResetPlace;
  readonly #writes: readonly PlannedWrite[];
  #prefixes: string[];
  #observation: Observation | null = null;
  #trees: string[] = [];
  #faults = new Map<string, Reason>();
  #rivals = new Map<string, Map<string, string>>();
  readonly #hub: Fresh<HubReading>;
  readonly #listing: Fresh<GroupListing>;
  readonly #source: GroupObserver | null;
  readonly #knownGroups: Fresh<ReadonlySet<string> | null>;

  /** @param source the group that checkpoints are moved from. Null: no move, or a move within this group */
  constructor(place: ResetPlace, writes: readonly PlannedWrite[], source: ResetPlace | null = null) {
    this.#source = source === null ? null : new GroupObserver(source, movedIn(writes));
    this.#place = place;
    this.#writes = writes;
    this.#prefixes = prefixesOf(checkpointsIn(writes));
    this.guardSeconds = guardSecondsOf(place);
    const ids = neededIn(writes, source !== null);
    this.#hub = new Fresh({
      ...hubAge,
      // A slowed hub's reading may take longer, and has a time limit of its own.
      mostMs: (tookMs) => Math.max(hubAge.mostMs, tookMs + hubAge.goodForMs),
      doing: "Reading the event hub",
      read: () => place.readHub(null, ids),
    });
    this.#knownGroups = new Fresh({
      ...hubAge,
      doing: "Asking Azure Resource Manager for consumer groups",
      read: () => knownGroupsFor(place, writes),
    });
    this.#listing = new Fresh({ ...listingAge, doing: "Listing the group's blobs", read: () => this.list() });
  }

  get container(): ContainerClient {
    return this.#place.container;
  }

  /** Finds the group's blobs, in every spelling and layout. @throws AppError when the store can't be read */
  async open(): Promise<void> {
    const reading = await this.#place.readStore(AbortSignal.timeout(readLimitMs));
    this.#faults = planFaults(this.#writes, reading, this.#place, this.guardSeconds);
    await this.#source?.open();
    const group = reading.groups.get(this.#place.group.toLowerCase());
    if (group === undefined) return;
    this.#trees = [...treesOf(group, reading.readAt).writtenAt.keys()];
    this.#rivals = rivalsOf(group, this.#writes);
    this.#prefixes = withoutCovered([
      ...prefixesOf([...checkpointsIn(this.#writes), ...checkpointsOf(group)]),
      ...this.#trees,
    ]);
  }

  list(): Promise<GroupListing> {
    return listGroup(this.container, this.#prefixes);
  }

  /**
   * Returns all that a write depends on. Reads the hub first, since the blobs would age meanwhile.
   * @throws AppError when the store or hub can't be read
   */
  async observe(): Promise<Observation> {
    return this.#lookBeside(await this.#hub.get());
  }

  async #lookBeside(hub: HubReading): Promise<Observation> {
    const knownGroups = await this.#knownGroups.get();
    const source = this.#source === null ? null : await this.#source.#lookAsSource(hub);
    const listing = await this.#listing.get();
    const isKnown = this.#observation?.hub === hub && this.#observation.listing === listing;
    const isSame =
      this.#observation?.source?.listing === source?.listing &&
      this.#observation?.knownGroups === knownGroups;
    if (this.#observation !== null && isKnown && isSame) return this.#observation;
    const ownerships = ownershipsIn(listing);
    const opened = { faults: this.#faults, rivals: this.#rivals, trees: this.#trees };
    const about = { group: this.#place.group, knownGroups, guardSeconds: this.guardSeconds };
    this.#observation = { listing, ownerships, hub, ...opened, ...about, source };
    return this.#observation;
  }

  /** Reuses the reading of the hub, which both sides share. */
  async #lookAsSource(hub: HubReading): Promise<NonNullable<Observation["source"]>> {
    const writes = new Map(this.#writes.map((write) => [write.partitionId, write]));
    return { ...(await this.#lookBeside(hub)), writes };
  }

  get isFresh(): boolean {
    const isSourceFresh = this.#source === null || this.#source.#listing.known !== null;
    return this.#hub.known !== null && this.#listing.known !== null && isSourceFresh;
  }

  get listing(): GroupListing | null {
    return this.#listing.latest;
  }

  /** Lists the blobs now. Later observations use the result. */
  listAnew(): Promise<GroupListing> {
    return this.#listing.renew();
  }
}

/** Returns the partitions that the writes need. Undefined for clean-ups and moves, which need all of the hub's. */
export function neededIn(writes: readonly PlannedWrite[], isMove = false): string[] | undefined {
  if (isMove || writes.some(({ cleans, source }) => cleans !== undefined || source !== undefined))
    return undefined;
  return writes.map(({ partitionId }) => partitionId);
}

/** Returns the moved checkpoints as writes that do nothing, so that both sides are judged alike. */
function movedIn(writes: readonly PlannedWrite[]): PlannedWrite[] {
  return writes.flatMap(({ partitionId, source }) =>
    source === undefined ? [] : [{ partitionId, ...source, sequenceNumber: -1, offset: "", act: "keep" }],
  );
}

/** Returns the checkpoints to list. A clean-up names blobs, so their partitions tell where they are. */
export function checkpointsIn(writes: readonly PlannedWrite[]): CheckpointAddress[] {
  return writes.map(({ blobName, format, partitionId, cleans }) => ({
    blobName,
    format,
    partitionId: cleans?.partitionId ?? partitionId,
  }));
}

/** Asks only if a clean-up depends on it. */
async function knownGroupsFor(
  place: ResetPlace,
  writes: readonly PlannedWrite[],
): Promise<ReadonlySet<string> | null> {
  if (place.knownGroups === null || !writes.some(({ cleans }) => cleans?.why === "goneGroup")) return null;
  const names = await place.knownGroups(AbortSignal.timeout(readLimitMs));
  return new Set(names.map((name) => name.toLowerCase()));
}

function* checkpointsOf(group: StoredGroup): Iterable<CheckpointAddress> {
  yield* group.checkpoints.values();
  yield* group.superseded;
}

function rivalsOf(group: StoredGroup, writes: readonly PlannedWrite[]): Map<string, Map<string, string>> {
  const planned = new Set(writes.map(({ blobName }) => blobName));
  const rivals = new Map<string, Map<string, string>>();
  for (const { partitionId, blobName, etag } of [...group.checkpoints.values(), ...group.superseded]) {
    if (planned.has(blobName)) continue;
    rivals.set(partitionId, (rivals.get(partitionId) ?? new Map()).set(blobName, etag));
  }
  return rivals;
}
