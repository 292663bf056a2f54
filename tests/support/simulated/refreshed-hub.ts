import type { EpochMs } from "#lib/core/time.ts";
import type { RecalledHub } from "#lib/history/remembered/remembered.ts";
import { unreadHub } from "#lib/monitor/hub-snapshot.ts";
import { HubMemory } from "#lib/monitor/memory.ts";
import { refreshHub } from "#lib/monitor/refresh-hub.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import type { MonitoredHub } from "#lib/monitor/sources.ts";
import { noon } from "#tests/support/fixtures/sources.ts";

export class RefreshedHub {
  readonly hub: MonitoredHub;
  readonly #times: { refreshMs: number; limitMs: number };
  memory: HubMemory;
  snapshot: HubSnapshot;

  constructor(hub: MonitoredHub, { refreshMs = 10_000, limitMs = 5_000 } = {}) {
    this.hub = hub;
    this.#times = { refreshMs, limitMs };
    this.memory = new HubMemory(refreshMs);
    this.snapshot = unreadHub(hub);
  }

  async refresh(now: EpochMs = noon): Promise<HubSnapshot> {
    this.snapshot = await refreshHub(this.hub, {
      ...this.#times,
      previous: this.snapshot,
      memory: this.memory,
      stop: new AbortController().signal,
      clock: () => now,
    });
    return this.snapshot;
  }

  restart(remembered: RecalledHub | null): void {
    this.memory = new HubMemory(this.#times.refreshMs);
    if (remembered !== null) this.memory.recall(remembered);
    this.snapshot = unreadHub(this.hub);
  }
}

export function refresher(hub: MonitoredHub, limitMs?: number): RefreshedHub["refresh"] {
  const refreshed = new RefreshedHub(hub, { limitMs });
  return (now) => refreshed.refresh(now);
}
