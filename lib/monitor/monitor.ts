import type { Clock, EpochMs } from "#lib/core/time.ts";
import type { Remembered } from "#lib/history/remembered/remembered.ts";
import type { OwnWrite } from "#lib/lag/commits.ts";
import { type HubLoop, startHubLoop } from "./hub-loop.ts";
import { unreadHub } from "./hub-snapshot.ts";
import { HubMemory } from "./memory.ts";
import { type Recall, Recollection } from "./recollection.ts";
import { type GroupName, groupKey, type HubSnapshot, type TrendPoint } from "./snapshot.ts";
import type { MonitoredHub } from "./sources.ts";

export type SnapshotListener = (snapshot: HubSnapshot) => void;

interface WatchedHub {
  hub: MonitoredHub;
  memory: HubMemory;
  /** Null while it was never refreshed here. */
  recollection: Recollection | null;
  snapshot: HubSnapshot;
  /** Null while it is not refreshed here. */
  loop: HubLoop | null;
}

/** The last finished snapshot of every hub, and who is told of new ones. */
export class Monitor {
  /** In the configuration's order. */
  #hubs: ReadonlyMap<string, WatchedHub>;
  #isRunning = false;
  #isStopped = false;
  readonly #refreshMs: number;
  readonly #clock: Clock;
  readonly #onFault: (hubId: string, error: unknown) => void;
  readonly #listeners = new Set<SnapshotListener>();
  #recall: Recall | null = null;

  /** @param onFault is told of faults of our own in a refresh; a source's failure stands in the snapshot */
  constructor(
    hubs: readonly MonitoredHub[],
    refreshMs: number,
    onFault: (hubId: string, error: unknown) => void,
    clock: Clock = Date.now,
  ) {
    this.#hubs = watch(hubs, new Map(), refreshMs, () => false);
    this.#refreshMs = refreshMs;
    this.#onFault = onFault;
    this.#clock = clock;
  }

  /** Hubs whose refreshes begin from now on are remembered from there. */
  recallFrom(recall: Recall): void {
    this.#recall = recall;
  }

  /** Refreshes all hubs from now on. */
  start(): void {
    this.#isRunning = true;
    for (const id of this.#hubs.keys()) this.startHub(id);
  }

  /** Refreshes one hub from now on, if it is not. */
  startHub(hubId: string): void {
    const watched = this.#hubs.get(hubId);
    if (watched === undefined || watched.loop !== null) return;
    const { hub, memory, snapshot } = watched;
    // Anew each time: another dashboard may have refreshed it meanwhile.
    const recollection = new Recollection(this.#recall, hub, memory);
    watched.recollection = recollection;
    const known = { memory, recollection, snapshot };
    watched.loop = startHubLoop(hub, this.#refreshMs, this.#clock, known, {
      refreshed: (snapshot) => this.#tell(watched, snapshot),
      failed: (error) => this.#onFault(hubId, error),
    });
  }

  /** Ends one hub's refreshes. What is known of it stays, for `adopt` to replace. */
  async stopHub(hubId: string): Promise<void> {
    const watched = this.#hubs.get(hubId);
    if (watched !== undefined) await endLoop(watched);
  }

  /** Takes over the snapshot of a hub that is refreshed elsewhere; one that is refreshed here keeps its own. */
  adopt(snapshot: HubSnapshot): void {
    const watched = this.#hubs.get(snapshot.eventHub.id);
    if (watched === undefined || watched.loop !== null) return;
    // Another dashboard may have read a configuration already that is not read here yet.
    if (!isSameHub(watched.hub, snapshot.eventHub)) return;
    const stores = snapshot.eventHub.checkpointStores.filter(({ error }) => error === null);
    watched.memory.observeTrends(snapshot.groups, this.#clock(), new Set(stores.map(({ id }) => id)));
    this.#tell(watched, snapshot);
  }

  /** Reads a hub again at once, where it is refreshed here; else its next refresh comes as it comes. */
  hurry(hubId: string): void {
    this.#hubs.get(hubId)?.loop?.hurry();
  }

  hubIds(): string[] {
    return [...this.#hubs.keys()];
  }

  /**
   * Watches these hubs from now on: a new one is read at once, one that is gone is let go, the rest go on.
   * @param continues whether a hub that has other readers than before goes on with its figures
   */
  async replaceHubs(
    hubs: readonly MonitoredHub[],
    continues: (hubId: string) => boolean = () => false,
  ): Promise<void> {
    const before = this.#hubs;
    this.#hubs = watch(hubs, before, this.#refreshMs, continues);
    const kept = new Set(this.#hubs.values());
    const gone = [...before].filter(([, watched]) => !kept.has(watched));
    // One that is refreshed by whoever has its lease has it still.
    const wasRefreshed = new Set(gone.filter(([, { loop }]) => loop !== null).map(([id]) => id));
    if (this.#isRunning) {
      for (const id of this.#hubs.keys()) if (!wasRefreshed.has(id)) this.startHub(id);
    }
    await Promise.all(
      gone.map(async ([id, watched]) => {
        // The successor's refreshes begin where these have ended: what is remembered has one writer.
        await endLoop(watched);
        if (wasRefreshed.has(id) && !this.#isStopped) this.startHub(id);
        await watched.hub.hub.close();
      }),
    );
  }

  /** In the configuration's order. */
  snapshots(): HubSnapshot[] {
    return [...this.#hubs.values()].map(({ snapshot }) => snapshot);
  }

  snapshot(hubId: string): HubSnapshot | null {
    return this.#hubs.get(hubId)?.snapshot ?? null;
  }

  /** The last hour of a group, oldest first; `key` from `groupKey`. */
  trend(hubId: string, key: string): TrendPoint[] {
    return this.#hubs.get(hubId)?.memory.trend(key) ?? [];
  }

  /** What a restart is to go on from; null where the history may hold more than is known here. */
  remembered(hubId: string): Remembered | null {
    const watched = this.#hubs.get(hubId);
    return watched?.recollection?.isDone ? watched.memory : null;
  }

  /** A checkpoint was written by a dashboard, this one or another. */
  noteOwnWrite(hubId: string, group: GroupName, partitionId: string, ownWrite: OwnWrite): void {
    this.#hubs.get(hubId)?.memory.noteOwnWrite(group.store, group.name, partitionId, ownWrite);
  }

  /** Shows a group that is gone to nobody any more, from now on. */
  dismissGone(hubId: string, group: GroupName): void {
    const watched = this.#hubs.get(hubId);
    if (watched === undefined) return;
    watched.memory.gone.dismiss(group);
    const key = groupKey(group.store, group.name);
    const groups = watched.snapshot.groups.filter(
      ({ group: { store, name, goneSince } }) => goneSince === null || groupKey(store, name) !== key,
    );
    // Nobody is told: it is no refresh, and the next one comes without it.
    watched.snapshot = { ...watched.snapshot, groups };
  }

  /** Tells what was seen of a group before this started, oldest first. */
  recallTrend(
    hubId: string,
    { store, name }: GroupName,
    points: readonly { at: EpochMs; lag: number | null }[],
  ): void {
    this.#hubs.get(hubId)?.memory.recallTrend(store, name, points);
  }

  /** Calls back after every refresh, failed ones included; answers the function that ends it. */
  subscribe(listener: SnapshotListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the refreshes that are under way and closes the connections. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#isStopped = true;
    this.#listeners.clear();
    await Promise.all([...this.#hubs.values()].map(letGo));
  }

  #tell(watched: WatchedHub, snapshot: HubSnapshot): void {
    watched.snapshot = snapshot;
    for (const listener of [...this.#listeners]) {
      listener(snapshot);
    }
  }
}

/** These hubs by their ids; what is known of one that was watched already goes on. */
function watch(
  hubs: readonly MonitoredHub[],
  before: ReadonlyMap<string, WatchedHub>,
  refreshMs: number,
  continues: (hubId: string) => boolean,
): ReadonlyMap<string, WatchedHub> {
  return new Map(
    hubs.map((hub): [string, WatchedHub] => {
      const known = before.get(hub.id);
      if (known?.hub === hub) return [hub.id, known];
      const { memory, snapshot } =
        known !== undefined && isSameHub(known.hub, hub) && continues(hub.id)
          ? known
          : { memory: new HubMemory(refreshMs), snapshot: unreadHub(hub) };
      return [hub.id, { hub, memory, recollection: null, snapshot, loop: null }];
    }),
  );
}

function isSameHub(
  one: Pick<MonitoredHub, "fullyQualifiedNamespace" | "eventHubName">,
  other: Pick<MonitoredHub, "fullyQualifiedNamespace" | "eventHubName">,
): boolean {
  const address = ({ fullyQualifiedNamespace, eventHubName }: typeof one) =>
    `${fullyQualifiedNamespace}/${eventHubName}`.toLowerCase();
  return address(one) === address(other);
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
