import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { RecalledHub } from "#lib/history/remembered/remembered.ts";
import type { CommitRing } from "#lib/lag/commits.ts";
import type { HubMemory } from "#lib/monitor/memory.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { RefreshedHub } from "./refreshed-hub.ts";

export const every = 10_000;

export function recalledRing(ring: CommitRing, lastAt: EpochMs): RecalledHub {
  const use = {
    renewalSeconds: null,
    losses: new Map(),
    partitions: new Map(),
    hadBlob: true,
    wasRead: true,
  };
  return {
    lastAt,
    positions: new Map(),
    pastPositions: new Map(),
    beginnings: new Map(),
    groups: [{ store: "main", consumerGroup: "billing", commits: new Map([["0", ring]]), ...use }],
  };
}

/** A partition with a constant lag, read every ten seconds. */
export class WatchedPartition {
  now = noon;
  last = 999_999;
  begin = 0;
  createdOn = noon - 30 * 86_400_000;
  stored: StoredCheckpoint = checkpoint("0", 0);
  /** Called once, between the next listing of the blobs and the reading of the hub. */
  betweenReadings: (() => void) | null = null;
  readonly #hub = new RefreshedHub(
    monitoredHub(
      async () => {
        this.betweenReadings?.();
        this.betweenReadings = null;
        const over = {
          beginningSequenceNumber: this.begin,
          lastEnqueuedSequenceNumber: this.last,
          lastEnqueuedAt: this.now,
        };
        return { ...hubReading([properties("0", over)], this.now), createdOn: this.createdOn };
      },
      { main: async () => storeReading([storedGroup("billing", [this.stored])], this.now) },
    ),
    { refreshMs: every },
  );
  #lookedAt: EpochMs | null = null;

  get memory(): HubMemory {
    return this.#hub.memory;
  }

  async refresh() {
    this.#lookedAt = this.now;
    const [group] = (await this.#hub.refresh(this.now)).groups;
    const [partition] = group?.partitions ?? [];
    if (group === undefined || partition === undefined) throw new Error("nothing was read");
    return { group: group.group, partition };
  }

  remembered(): RecalledHub {
    const commits = new Map(this.memory.commitsOf("main", "billing"));
    const losses = new Map(this.memory.lossesOf("main", "billing"));
    const use = this.memory.usageOf("main", "billing");
    if (use === null) throw new Error("nothing is remembered");
    const groups = [
      { store: "main", consumerGroup: "billing", commits, losses, renewalSeconds: null, ...use },
    ];
    return {
      lastAt: this.#lookedAt,
      positions: new Map(),
      pastPositions: new Map(),
      beginnings: new Map(),
      groups,
    };
  }

  restart(remembered: RecalledHub | null): void {
    this.#hub.restart(remembered);
  }

  async steady(refreshes: number, from = 1_000): Promise<void> {
    for (let turn = 0; turn < refreshes; turn += 1) {
      this.now += every;
      this.stored = checkpoint("0", from + turn * 10, this.now - 1_000);
      await this.refresh();
    }
  }
}
