import { type HubAddress, hubAddress } from "#lib/core/addresses.ts";
import { turns } from "#lib/core/pause.ts";
import type { Clock } from "#lib/core/time.ts";
import type { Remembered } from "#lib/history/remembered/remembered.ts";
import type { OwnWrite } from "#lib/lag/commits.ts";
import { type HubLoop, startHubLoop } from "./hub-loop.ts";
import { unreadHub } from "./hub-snapshot.ts";
import { HubMemory } from "./memory.ts";
import { type Recall, Recollection } from "./recollection.ts";
import {
  type GroupName,
  groupKey,
  type HubSnapshot,
  type MeasuredPoint,
  type TrendPoint,
} from "./snapshot.ts";
import type { MonitoredHub } from "./sources.ts";

/** What it returns is awaited, so that one with much to do can let others run. */
export type SnapshotListener = (snapshot: HubSnapshot) => unknown;

interface WatchedHub {
  hub: MonitoredHub;
  memory: HubMemory;
  /** Null: never refreshed here. `loop` is null while it is not refreshed here. */
  recollection: Recollection | null;
  snapshot: HubSnapshot;
  version: number;
  loop: HubLoop | null;
}

export class Monitor {
  #hubs: ReadonlyMap<string, WatchedHub>;
  #isRunning = false;
  #isStopped = false;
  readonly #refreshMs: number;
  readonly #clock: Clock;
  readonly #onFault: (hubId: string, error: unknown) => void;
  readonly #listeners = new Set<SnapshotListener>();
  #recall: Recall | null = null;
  #version = 0;

  /** @param onFault gets our own faults in a refresh; failures of sources are part of the snapshot */
  constructor(
    hubs: readonly MonitoredHub[],
    refreshMs: number,
    onFault: (hubId: string, error: unknown) => void,
    clock: Clock = Date.now,
  ) {
    this.#hubs = watch(hubs, new Map(), { refreshMs, version: 0, continues: () => false });
    this.#refreshMs = refreshMs;
    this.#onFault = onFault;
    this.#clock = clock;
  }

  recallFrom(recall: Recall): void {
    this.#recall = recall;
  }

  start(): void {
    this.#isRunning = true;
    for (const id of this.#hubs.keys()) this.startHub(id);
  }

  startHub(hubId: string): void {
    const watched = this.#hubs.get(hubId);
    if (watched === undefined || watched.loop !== null) return;
    const { hub, memory, snapshot } = watched;
    // Recalled each time: another dashboard may have refreshed it meanwhile.
    const recollection = new Recollection(this.#recall, hub, memory);
    watched.recollection = recollection;
    const known = { memory, recollection, snapshot };
    watched.loop = startHubLoop(hub, this.#refreshMs, this.#clock, known, {
      refreshed: (snapshot) => this.#tellInTurns(watched, snapshot),
      failed: (error) => this.#onFault(hubId, error),
    });
  }

  async stopHub(hubId: string): Promise<void> {
    const watched = this.#hubs.get(hubId);
    if (watched !== undefined) await endLoop(watched);
  }

  /** Takes over another dashboard's snapshot, unless the hub is refreshed here. */
  async adopt(snapshot: HubSnapshot): Promise<void> {
    const watched = this.#hubs.get(snapshot.eventHub.id);
    if (watched === undefined || watched.loop !== null) return;
    // The other dashboard may run on a configuration that is not read here yet.
    if (!isSameHub(watched.hub, snapshot.eventHub)) return;
    const stores = snapshot.eventHub.checkpointStores.filter(({ error }) => error === null);
    watched.memory.observeTrends(snapshot.groups, this.#clock(), new Set(stores.map(({ id }) => id)));
    await this.#tellInTurns(watched, snapshot);
  }

  hurry(hubId: string): void {
    this.#hubs.get(hubId)?.loop?.hurry();
  }

  isWatched(hubId: string): boolean {
    return this.#hubs.has(hubId);
  }

  hubIds(): string[] {
    return [...this.#hubs.keys()];
  }

  /**
   * Reads new hubs at once, drops old ones, and keeps the rest.
   * @param continues tells if a hub with new readers keeps its figures
   */
  async replaceHubs(
    hubs: readonly MonitoredHub[],
    continues: (hubId: string) => boolean = () => false,
  ): Promise<void> {
    const before = this.#hubs;
    this.#version += 1;
    this.#hubs = watch(hubs, before, { refreshMs: this.#refreshMs, version: this.#version, continues });
    const kept = new Set(this.#hubs.values());
    const gone = [...before].filter(([, watched]) => !kept.has(watched));
    // The holder of a hub's lease still has it.
    const wasRefreshed = new Set(gone.filter(([, { loop }]) => loop !== null).map(([id]) => id));
    if (this.#isRunning) {
      for (const id of this.#hubs.keys()) if (!wasRefreshed.has(id)) this.startHub(id);
    }
    await Promise.all(
      gone.map(async ([id, watched]) => {
        // Start the successor only after this end, so that the memory has one writer.
        await endLoop(watched);
        if (wasRefreshed.has(id) && !this.#isStopped) this.startHub(id);
        await watched.hub.hub.close();
      }),
    );
  }

  get version(): number {
    return this.#version;
  }

  /** The version of one hub's snapshot. Null: it is not watched. */
  versionOf(hubId: string): number | null {
    return this.#hubs.get(hubId)?.version ?? null;
  }

  snapshots(): HubSnapshot[] {
    return [...this.#hubs.values()].map(({ snapshot }) => snapshot);
  }

  snapshot(hubId: string): HubSnapshot | null {
    return this.#hubs.get(hubId)?.snapshot ?? null;
  }

  trend(hubId: string, key: string): TrendPoint[] {
    return this.#hubs.get(hubId)?.memory.trend(key) ?? [];
  }

  /** The memory to store for a restart. Null while the history may hold more. */
  remembered(hubId: string): Remembered | null {
    const watched = this.#hubs.get(hubId);
    return watched?.recollection?.isDone ? watched.memory : null;
  }

  noteOwnWrite(hubId: string, group: GroupName, partitionId: string, ownWrite: OwnWrite): void {
    this.#hubs.get(hubId)?.memory.noteOwnWrite(group.store, group.name, partitionId, ownWrite);
  }

  dismissGone(hubId: string, group: GroupName): void {
    const watched = this.#hubs.get(hubId);
    if (watched === undefined) return;
    watched.memory.gone.dismiss(group);
    const key = groupKey(group.store, group.name);
    const groups = watched.snapshot.groups.filter(
      ({ group: { store, name, goneSince } }) => goneSince === null || groupKey(store, name) !== key,
    );
    // Listeners are not told: this is no refresh, and the next one comes without the group.
    this.#replace(watched, { ...watched.snapshot, groups });
  }

  recallTrend(hubId: string, { store, name }: GroupName, points: readonly MeasuredPoint[]): void {
    this.#hubs.get(hubId)?.memory.recallTrend(store, name, points);
    this.#version += 1;
  }

  /** Calls back after every refresh, failed ones included. Returns a function to unsubscribe. */
  subscribe(listener: SnapshotListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#isStopped = true;
    this.#listeners.clear();
    await Promise.all([...this.#hubs.values()].map(letGo));
  }

  #replace(watched: WatchedHub, snapshot: HubSnapshot): void {
    this.#version += 1;
    watched.snapshot = snapshot;
    watched.version = this.#version;
  }

  /**
   * Lets others run between the listeners, some of which have much to do at 10,000 partitions. Nobody is
   * told of a hub that was taken out meanwhile, since its records may have moved to its new id.
   */
  async #tellInTurns(watched: WatchedHub, snapshot: HubSnapshot): Promise<void> {
    this.#replace(watched, snapshot);
    const rest = turns();
    for (const listener of [...this.#listeners]) {
      if (this.#hubs.get(watched.hub.id) !== watched) return;
      if (this.#listeners.has(listener)) await listener(snapshot);
      await rest();
    }
  }
}

function watch(
  hubs: readonly MonitoredHub[],
  before: ReadonlyMap<string, WatchedHub>,
  {
    refreshMs,
    version,
    continues,
  }: { refreshMs: number; version: number; continues: (hubId: string) => boolean },
): ReadonlyMap<string, WatchedHub> {
  return new Map(
    hubs.map((hub): [string, WatchedHub] => {
      const known = before.get(hub.id);
      if (known?.hub === hub) return [hub.id, known];
      const { memory, snapshot } =
        known !== undefined && isSameHub(known.hub, hub) && continues(hub.id)
          ? known
          : { memory: new HubMemory(refreshMs), snapshot: unreadHub(hub) };
      return [hub.id, { hub, memory, recollection: null, snapshot, version, loop: null }];
    }),
  );
}

function isSameHub(one: HubAddress, other: HubAddress): boolean {
  return hubAddress(one) === hubAddress(other);
}

async function letGo(watched: WatchedHub): Promise<void> {
  await endLoop(watched);
  await watched.hub.hub.close();
}

async function endLoop(watched: WatchedHub): Promise<void> {
  const { loop } = watched;
  watched.loop = null;
  await loop?.stop();
}
