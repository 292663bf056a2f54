import type { Clock } from "#lib/core/time.ts";
import { type HubLoop, startHubLoop } from "./hub-loop.ts";
import { unreadHub } from "./hub-snapshot.ts";
import type { HubSnapshot, TrendPoint } from "./snapshot.ts";
import type { MonitoredHub } from "./sources.ts";

export type SnapshotListener = (snapshot: HubSnapshot) => void;

/** The last finished snapshot of every hub, and who is told of new ones. */
export class Monitor {
  #hubs: readonly MonitoredHub[];
  #isRunning = false;
  readonly #refreshMs: number;
  readonly #clock: Clock;
  readonly #onFault: (hubId: string, error: unknown) => void;
  readonly #loops = new Map<string, HubLoop>();
  readonly #listeners = new Set<SnapshotListener>();

  /** @param onFault is told of faults of our own in a refresh; a source's failure stands in the snapshot */
  constructor(
    hubs: readonly MonitoredHub[],
    refreshMs: number,
    onFault: (hubId: string, error: unknown) => void,
    clock: Clock = Date.now,
  ) {
    this.#hubs = hubs;
    this.#refreshMs = refreshMs;
    this.#onFault = onFault;
    this.#clock = clock;
  }

  start(): void {
    this.#isRunning = true;
    for (const hub of this.#hubs) {
      if (!this.#loops.has(hub.id)) {
        this.#loops.set(
          hub.id,
          startHubLoop(hub, this.#refreshMs, this.#clock, {
            refreshed: (snapshot) => this.#tell(snapshot),
            failed: (error) => this.#onFault(hub.id, error),
          }),
        );
      }
    }
  }

  /** Watches these hubs from now on: a new one is read at once, one that is gone is let go, the rest go on. */
  async replaceHubs(hubs: readonly MonitoredHub[]): Promise<void> {
    const kept = new Set(hubs);
    const gone = this.#hubs.filter((hub) => !kept.has(hub));
    this.#hubs = hubs;
    const loops = gone.map(({ id }) => this.#loops.get(id)).filter((loop) => loop !== undefined);
    for (const { id } of gone) this.#loops.delete(id);
    if (this.#isRunning) this.start();
    await Promise.all(loops.map((loop) => loop.stop()));
  }

  /** In the configuration's order. */
  snapshots(): HubSnapshot[] {
    return this.#hubs.map((hub) => this.#loops.get(hub.id)?.snapshot() ?? unreadHub(hub));
  }

  snapshot(hubId: string): HubSnapshot | null {
    const hub = this.#hubs.find(({ id }) => id === hubId);
    return hub === undefined ? null : (this.#loops.get(hubId)?.snapshot() ?? unreadHub(hub));
  }

  /** The last hour of a group, oldest first; `key` from `groupKey`. */
  trend(hubId: string, key: string): TrendPoint[] {
    return this.#loops.get(hubId)?.trend(key) ?? [];
  }

  /** Calls back after every refresh, failed ones included; answers the function that ends it. */
  subscribe(listener: SnapshotListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the refreshes that are under way and closes the connections. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    const loops = [...this.#loops.values()];
    this.#loops.clear();
    this.#listeners.clear();
    await Promise.all(loops.map((loop) => loop.stop()));
  }

  #tell(snapshot: HubSnapshot): void {
    for (const listener of [...this.#listeners]) {
      listener(snapshot);
    }
  }
}
