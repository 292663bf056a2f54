import type { HubReading } from "#lib/core/hub-reading.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import { Metrics } from "#lib/metrics/metrics.ts";
import { unreadHub } from "#lib/monitor/hub-snapshot.ts";
import { HubMemory } from "#lib/monitor/memory.ts";
import { refreshHub } from "#lib/monitor/refresh-hub.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import type { MonitoredHub } from "#lib/monitor/sources.ts";
import { monitoredHub, noon } from "#tests/support/fixtures/sources.ts";

type Source<T> = () => Promise<T>;

interface MeteredHub {
  snapshot: HubSnapshot;
  refresh(hub: Source<HubReading>, stores: Record<string, Source<StoreReading>>): Promise<void>;
}

export class MeteredWorld {
  now = noon;
  readonly #hubs: MeteredHub[] = [];
  readonly metrics: Metrics;

  constructor(options: { partitionMetrics?: boolean; refreshSeconds?: number } = {}) {
    this.metrics = new Metrics({
      refreshSeconds: options.refreshSeconds ?? 10,
      snapshots: () => this.#hubs.map(({ snapshot }) => snapshot),
      partitionMetrics: () => options.partitionMetrics ?? true,
      clock: () => this.now,
    });
  }

  addHub(over: Partial<MonitoredHub> = {}): MeteredHub {
    const memory = new HubMemory();
    const idle = () => Promise.reject(new Error("never asked"));
    const added: MeteredHub = {
      snapshot: unreadHub(monitoredHub(idle, { main: idle }, over)),
      refresh: async (hub, stores) => {
        const monitored = monitoredHub(hub, stores, over);
        added.snapshot = await refreshHub(monitored, {
          previous: added.snapshot,
          memory,
          refreshMs: 10_000,
          limitMs: 1_000,
          stop: new AbortController().signal,
          clock: () => this.now,
        });
        await this.metrics.takeIn(added.snapshot);
      },
    };
    this.#hubs.push(added);
    return added;
  }

  removeHub(hub: MeteredHub): void {
    this.#hubs.splice(this.#hubs.indexOf(hub), 1);
  }
}
