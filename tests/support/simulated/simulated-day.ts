import { defaultRules } from "#lib/alerts/default-rules.ts";
import { observeHub } from "#lib/alerts/observe-hub.ts";
import type { Status } from "#lib/api/status.ts";
import { needsAttention, sentence } from "#lib/client/lag/attention.ts";
import { groupChip } from "#lib/client/lag/status-words.ts";
import type { StoredCheckpoint, StoredGroup, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { MonitoredHub } from "#lib/monitor/sources.ts";
import {
  checkpoint,
  hubReading,
  monitoredHub,
  noon,
  ownership,
  properties,
  storedGroup,
  storeReading,
} from "../fixtures/sources.ts";
import { RefreshedHub } from "./refreshed-hub.ts";

const minute = 60_000;

export interface SimulatedGroup {
  name: string;
  step(group: GroupBlobs, day: SimulatedDay): void;
}

export class GroupBlobs {
  readonly checkpoints = new Map<string, StoredCheckpoint>();
  readonly ownerships = new Map<string, StoredOwnership>();

  checkpointAll(day: SimulatedDay, short = 0): void {
    for (const id of day.partitionIds) this.checkpoint(day, id, day.lastOf(id) - short);
  }

  checkpoint(day: SimulatedDay, id: string, sequenceNumber: number, at = day.now): void {
    this.checkpoints.set(id, checkpoint(id, sequenceNumber, at));
  }

  own(day: SimulatedDay, ownerId = "one"): void {
    for (const id of day.partitionIds) this.ownerships.set(id, ownership(id, ownerId, day.now));
  }
}

interface Told {
  minute: number;
  group: string;
  what: string;
}

export interface SimulatedHub {
  partitionIds: readonly string[];
  /** The last sequence number after so many seconds. -1: never used. */
  lastAt(id: string, seconds: number): number;
  kept(id: string): number;
}

/**
 * Partition 0 gets ten events a second, 1 gets one every twenty minutes, and 2 had its last long ago.
 * Retention keeps two hours.
 */
export const mixedHub: SimulatedHub = {
  partitionIds: ["0", "1", "2"],
  lastAt: (id, seconds) => {
    if (id === "2") return 99;
    return id === "0" ? 100_000 + Math.floor(seconds * 10) : 500 + Math.floor(seconds / 1_200);
  },
  kept: (id) => (id === "0" ? 72_000 : id === "1" ? 6 : 100),
};

export class SimulatedDay {
  readonly partitionIds: readonly string[];
  readonly startedAt = noon;
  now: EpochMs = noon;
  readonly statuses = new Map<string, Set<Status>>();
  readonly words = new Map<string, string[]>();
  readonly hubStatuses: Status[] = [];
  readonly told: Told[] = [];
  readonly #simulated: SimulatedHub;
  readonly #everyMs: number;
  readonly #groups: { simulated: SimulatedGroup; blobs: GroupBlobs }[];
  readonly #hub: RefreshedHub;

  constructor(
    groups: readonly SimulatedGroup[],
    over: Partial<MonitoredHub> = {},
    everyMs = 30_000,
    simulated: SimulatedHub = mixedHub,
  ) {
    this.#simulated = simulated;
    this.partitionIds = simulated.partitionIds;
    this.#everyMs = everyMs;
    this.#groups = groups.map((simulated) => ({ simulated, blobs: new GroupBlobs() }));
    const hub = monitoredHub(
      async () =>
        hubReading(
          this.partitionIds.map((id) => this.#properties(id)),
          this.now,
        ),
      { main: async () => storeReading(this.#stored(), this.now) },
      over,
    );
    this.#hub = new RefreshedHub(hub, { refreshMs: everyMs });
  }

  get minutes(): number {
    return (this.now - this.startedAt) / minute;
  }

  get seconds(): number {
    return (this.now - this.startedAt) / 1000;
  }

  lastOf(id: string, seconds = this.seconds): number {
    return this.#simulated.lastAt(id, seconds);
  }

  async pass(minutes: number): Promise<void> {
    for (const until = this.now + minutes * minute; this.now < until; ) {
      this.now += this.#everyMs;
      for (const { simulated, blobs } of this.#groups) simulated.step(blobs, this);
      await this.#look();
    }
  }

  restart(): void {
    const { memory } = this.#hub;
    const groups = this.#groups.flatMap(({ simulated: { name } }) => {
      const usage = memory.usageOf("main", name);
      const commits = new Map(memory.commitsOf("main", name));
      const losses = new Map(memory.lossesOf("main", name));
      const renewalSeconds = memory.renewalSecondsOf("main", name);
      const group = { store: "main", consumerGroup: name.toLowerCase(), commits, losses, renewalSeconds };
      return usage === null ? [] : [{ ...group, ...usage }];
    });
    const { positions, pastPositions, beginnings } = memory;
    this.#hub.restart({ lastAt: this.now, positions, pastPositions, beginnings, groups });
  }

  async #look(): Promise<void> {
    const snapshot = await this.#hub.refresh(this.now);
    const { eventHub, groups } = snapshot;
    this.hubStatuses.push(eventHub.status);
    for (const { group } of groups) {
      const statuses = this.statuses.get(group.name) ?? new Set();
      this.statuses.set(group.name, statuses.add(group.status));
      const words = this.words.get(group.name) ?? [];
      words.push(groupChip(group).word);
      this.words.set(group.name, words);
    }
    const tell = (group: string, what: string) => this.told.push({ minute: this.minutes, group, what });
    for (const item of needsAttention(groups.map(({ group }) => ({ hubId: "orders", group })))) {
      tell(item.group.name, sentence(item, this.now));
    }
    for (const { rule, subject, holds } of observeHub(defaultRules, snapshot, this.now)) {
      if (holds === true) tell(subject.group ?? "", `rule ${rule.id}`);
    }
  }

  #properties(id: string) {
    const last = this.lastOf(id);
    const isUsed = last >= 0;
    const isMoving = this.lastOf(id, 86_400) > this.lastOf(id, 0);
    return properties(id, {
      isEmpty: !isUsed,
      lastEnqueuedSequenceNumber: last,
      beginningSequenceNumber: isUsed ? Math.max(0, last - this.#simulated.kept(id)) : -1,
      lastEnqueuedAt: isMoving ? this.now : isUsed ? this.startedAt - 86_400_000 : null,
    });
  }

  #stored(): StoredGroup[] {
    return this.#groups
      .filter(({ blobs }) => blobs.checkpoints.size + blobs.ownerships.size > 0)
      .map(({ simulated, blobs }) =>
        storedGroup(simulated.name, [...blobs.checkpoints.values()], [...blobs.ownerships.values()]),
      );
  }
}
